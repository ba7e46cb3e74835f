{#- runner.identifiers: what Spark does otherwise than DuckDB. -#}

{#- Grain: no row; models write these functions out. -#}
{% macro text_functions() %}
{% endmacro %}

{#- Grain: no row; no older runner made a warehouse of Spark. -#}
{% macro normalize_values() %}
{% endmacro %}

{#- Those of groups are named `<type>:<identifier>`. -#}
{% macro of_entity(column, prefix) %}
{% if prefix %}
startswith({{ column }}, {{ prefix }})
{% else %}
position(':' in {{ column }}) = 0
{% endif %}
{% endmacro %}

{#- Grain: one row per identifier of the profiles with most values. -#}
{% macro largest_profiles(prefix, relation, shown, most) %}
with counted as (
    select
        profile_id,
        count(*) as value_count
    from runner.identifiers
    where {{ of_entity('identifier' | sql, prefix) }}
    group by profile_id
    order by
        value_count desc,
        profile_id
    limit {{ most }}
),

alias_counts as (
    select
        profile_id,
        count(*) as alias_count
    from runner.aliases
    where relation = {{ relation }}
    group by profile_id
)

select
    counted.profile_id,
    counted.value_count,
    coalesce(max(alias_counts.alias_count), 0) as alias_count,
    known.identifier,
    count(*) as held,
    slice(array_sort(collect_list(known.value)), 1, {{ shown }}) as some
from counted
inner join runner.identifiers as known
    on counted.profile_id = known.profile_id
left join alias_counts
    on counted.profile_id = alias_counts.profile_id
where {{ of_entity('known.identifier' | sql, prefix) }}
group by
    counted.profile_id,
    counted.value_count,
    known.identifier
order by
    counted.value_count desc,
    counted.profile_id,
    held desc,
    known.identifier
{% endmacro %}
