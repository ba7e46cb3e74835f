{#-
    Two columns, with a row per pair of items at the same position of two lists.
-#}
{% macro each_pair(first, first_name, second, second_name) -%}
unnest({{ first }}) as {{ first_name }},
        unnest({{ second }}) as {{ second_name }}
{%- endmacro %}
