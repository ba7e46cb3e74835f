-- Grain: one row per postal code. Numbers have a decimal comma.
with

final as (

    select
        format('{:04d} AB', range) as postal_code,
        format('City {}', range // 25) as city,
        [
            'Drenthe', 'Flevoland', 'Friesland', 'Gelderland', 'Groningen',
            'Limburg', 'Noord-Brabant', 'Noord-Holland', 'Overijssel',
            'Utrecht', 'Zeeland', 'Zuid-Holland'
        ][range // 834 + 1] as province,
        replace(
            format('{:.2f}', 18000 + dice('income', range, 4000000) / 100),
            '.',
            ','
        ) as average_income
    from range(getvariable('postal_codes'))

)

select * from final
order by postal_code
