{#-
    Grain: one row: the keys of a sample of lines, spread over the whole file,
    and how many of them find a partner.
-#}
{% set owns, others, names = [], [], [] %}
{% for key in keys %}
{% set _ = owns.append(join_key(key.own)) %}
{% set _ = others.append(join_key(key.other)) %}
{% set _ = names.append('key_' ~ loop.index) %}
{% endfor %}
{% set missing -%}
coalesce(
            {{ collected('key', 'key', where='line_count is null') }},
            {{ list_of([]) }}
        )
{%- endset %}
with

sampled as (

    select
{% for key in keys %}
        {{ join_key(key.other) }} as key_{{ loop.index }},
{% endfor %}
        {{ others | join(' is not null and ') }} is not null as has_key
    from {{ above }} as lines
    where {{ row_id('lines') }} % {{ step }} = 0

),

partners as (

    select
{% for key in keys %}
        {{ join_key(key.own) }} as key_{{ loop.index }},
{% endfor %}
        count(*) as line_count
    from {{ below }}
    where {{ owns | join(' is not null and ') }} is not null
    group by {{ owns | join(', ') }}

),

keys as (

    select distinct {{ names | join(', ') }}
    from sampled
    where has_key

),

compared as (

    select
        concat_ws(' + ', keys.{{ names | join(', keys.') }}) as key,
        partners.line_count
    from keys
    left join partners
{% for column in names %}
        {{ 'on' if loop.first else 'and' }} keys.{{ column }}
            = partners.{{ column }}
{% endfor %}

),

partner_keys as (

    select concat_ws(' + ', {{ names | join(', ') }}) as key
    from partners
    order by key
    limit 3

),

final as (

    select
        (select count(*) from sampled) as sampled_count,
        (select count_if(not has_key) from sampled) as blank_count,
        count(*) as key_count,
        count(line_count) as found_count,
        coalesce(max(line_count), 0) as most_partners,
        {{ first_items(missing, 3) }} as missing_keys,
        (
            select coalesce({{ collected('key', 'key') }}, {{ list_of([]) }})
            from partner_keys
        ) as partner_keys
    from compared

)

select * from final
