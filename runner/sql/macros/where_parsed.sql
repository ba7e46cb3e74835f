{#-
    Only values that were read: text that did not parse neither sets nor clears
    (R6).
-#}
{% macro where_parsed(item) -%}
{% if item.may_be_rejected %}
filter (where {{ item.rejected }} is null)
{%- endif %}
{%- endmacro %}
