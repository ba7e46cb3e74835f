{#-
    Grain: one row per line with an amount that needs a higher permission level
    than its profile has, without such amounts.
-#}
with

lines as (

    select
        sums.* exclude (amounts),
        profiles.permission_level,
        string_split(sums.properties, ',') as names,
        sums.amounts as summed
    from runner.sums as sums
    inner join main.profiles as profiles
        on sums.profile_id = profiles.profile_id
    where profiles.permission_level in ('do_not_track', 'anonymous')

),

lowered as (

    select
        *,
        list_transform(summed, lambda amount, position: case names[position]
{% for property, needed in levels %}
            when {{ text(property) }}
                then case when {{ has_level(needed) }} then amount end
{% endfor %}
            else amount
        end) as amounts
    from lines

),

final as (

    select * exclude (permission_level, names, summed)
    from lowered
    where amounts is distinct from summed

)

select * from final
