{#-
    A condition of a join: two values are equal, or both are null. Without an
    equality beside it, Sail would compare each row with each.
-#}
{% macro same_value(left, right) -%}
coalesce(cast({{ left }} as string), '')
            = coalesce(cast({{ right }} as string), '')
            and {{ left }} is not distinct from {{ right }}
{%- endmacro %}
