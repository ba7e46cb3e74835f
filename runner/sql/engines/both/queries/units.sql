{#- Unit tests of models. -#}

{#- Grain: one row per row that is missing, or that is not expected. -#}
{% macro difference(actual, expected, columns) %}
select *
from (
(
    select
        'missing' as "difference",
        *
    from (
        select {{ columns | names }} from {{ expected }}
        except all
        select {{ columns | names }} from {{ actual }}
    )
)
union all
(
    select
        'unexpected' as "difference",
        *
    from (
        select {{ columns | names }} from {{ actual }}
        except all
        select {{ columns | names }} from {{ expected }}
    )
)
) as differing
order by
    "difference",
    {{ columns | names }}
{% endmacro %}
