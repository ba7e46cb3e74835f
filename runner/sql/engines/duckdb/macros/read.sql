{#-
    Only values that were read: text that did not parse neither sets nor clears
    (R6).
-#}
{% macro read(item) -%}
{% if item.declared.type != 'text' %}
filter (where {{ item.rejected }} is null)
{%- endif %}
{%- endmacro %}
