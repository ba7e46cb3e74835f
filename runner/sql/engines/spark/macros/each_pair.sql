{#-
    Two columns, with a row per pair of items at the same position of two lists.
-#}
{% macro each_pair(first, first_name, second, second_name) -%}
inline(arrays_zip({{ first }}, {{ second }}))
            as ({{ first_name }}, {{ second_name }})
{%- endmacro %}
