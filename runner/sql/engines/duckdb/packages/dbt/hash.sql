{#- The MD5 of a value. -#}
{% macro hash(field) -%}
md5(cast({{ field }} as varchar))
{%- endmacro %}
