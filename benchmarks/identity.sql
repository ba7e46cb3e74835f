-- Rows of customers who have two e-mails and three cards: four rows each, that
-- share a value with the one before, in a chain. Of the second file, one row
-- for every hundred of the first, each joins a customer with the next one.
with

places as (

    select
        range as place,
        range // 4 as customer,
        range // 4 + if(getvariable('is_second'), 1, 0) as card_customer,
        range % 4 as row_of_customer
    from range(getvariable('row_count'))
    where not getvariable('is_second') or range % 100 = 0

),

final as (

    select
        'p' || customer || '-' || (row_of_customer // 2) || '@x.nl' as email,
        'c' || card_customer || '-' || ((row_of_customer + 1) // 2) as card,
        'name ' || (place % 1000) as name,
        (place % 97) || '.50' as amount
    from places

)

select * from final
