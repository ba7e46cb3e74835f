{#- Grain: one row per value of `partition_by`, the first in the order. -#}
{% macro deduplicate(relation, partition_by, order_by) -%}
select *
from {{ relation }}
qualify row_number() over (
    partition by {{ partition_by }}
    order by {{ order_by }}
) = 1
{%- endmacro %}
