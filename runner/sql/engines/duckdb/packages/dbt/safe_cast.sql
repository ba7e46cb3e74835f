{#- An expression as another type; null where it is none. -#}
{% macro safe_cast(field, type) -%}
try_cast({{ field }} as {{ type }})
{%- endmacro %}
