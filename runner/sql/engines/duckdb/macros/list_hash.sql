{#- A text that is different for lists of other texts. -#}
{% macro list_hash(items) -%}
md5(cast({{ json_of(items) }} as varchar))
{%- endmacro %}
