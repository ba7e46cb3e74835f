{#-
    Grain: one row per line with an amount that needs a higher permission level
    than its profile has, without such amounts.
-#}
{% set lowered -%}
case {{ item_at('names', 'position') }}
{% for property, needed in levels %}
                when {{ text(property) }}
                    then case when {{ has_level(needed) }} then amount end
{% endfor %}
                else amount
            end
{%- endset %}
{% set made = ['permission_level', 'names', 'summed'] %}
with

lines as (

    select
        {{ all_columns('sums', ['amounts']) }},
        profiles.permission_level,
        {{ text_items('sums.properties', "','") }} as names,
        sums.amounts as summed
    from runner.sums as sums
    inner join main.profiles as profiles
        on sums.profile_id = profiles.profile_id
    where profiles.permission_level in ('do_not_track', 'anonymous')

),

lowered as (

    select
        *,
        {{ items_made('summed', 'amount', lowered, 'position') }} as amounts
    from lines

),

final as (

    select {{ all_columns('lowered', made) }}
    from lowered
    where amounts is distinct from summed

)

select * from final
