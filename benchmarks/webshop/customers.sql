-- Grain: one row per customer. One in fifty has no e-mail address, one in ten
-- wrote it in upper case.
with

numbers as (

    select
        range as customer,
        format('C{:08d}', range) as customer_id,
        format('customer{}@mail.example', range) as email,
        dice('email', range, 50) as email_habit,
        dice('born', range, 25000) as born,
        dice('postal', range, getvariable('postal_codes')) as postal_code,
        [
            'Anna', 'Bram', 'Chloë', 'Daan', 'Emma', 'Finn', 'Ger', 'Hanna',
            'Ivo', 'Julia', 'Kees', 'Lotte', 'Milan', 'Noor', 'Otto', 'Pien'
        ][dice('first', range, 16) + 1] as first_name,
        [
            'de Vries', 'Jansen', 'Bakker', 'van den Berg', 'Visser', 'Smit',
            'Meijer', 'Mulder', 'Bos', 'Peters', 'Hendriks', 'van Dijk'
        ][dice('last', range, 12) + 1] as last_name
    from range(getvariable('customers'))

),

final as (

    select
        customer_id,
        case
            when email_habit = 0 then null
            when email_habit <= 5 then upper(email)
            else email
        end as email,
        first_name,
        last_name,
        format('+316{:08d}', dice('phone', customer, 100000000)) as phone,
        strftime(
            date '1940-01-01' + to_days(cast(born as integer)), '%d-%m-%Y'
        ) as birth_date,
        format('{:04d} AB', postal_code) as postal_code,
        if(dice('newsletter', customer, 3) = 0, 'true', 'false') as newsletter
    from numbers

)

select * from final
order by customer_id
