{#- Grain: one row per line whose amounts need a higher permission level than its profile has. -#}
with

lines as (

    select
        sums.* exclude (amounts),
        profiles.permission_level,
        string_split(sums.properties, ',') as names,
        sums.amounts as held
    from runner.sums as sums
    inner join main.profiles as profiles
        on sums.profile_id = profiles.profile_id
    where profiles.permission_level in ('do_not_track', 'anonymous')

),

lowered as (

    select
        *,
        list_transform(held, lambda amount, place: case names[place]
{% for property, needed in levels %}
            when {{ text(property) }} then case when {{ has_level(needed) }} then amount end
{% endfor %}
            else amount
        end) as amounts
    from lines

)

select * exclude (permission_level, names, held)
from lowered
where amounts is distinct from held
