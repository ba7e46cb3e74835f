{#- A hash of the values of columns, which tells null from an empty text. -#}
{% macro generate_surrogate_key(field_list) -%}
{%- set null_key = "'_dbt_utils_surrogate_key_null_'" -%}
md5(concat_ws(
    '-'
    {%- for field in field_list %},
    coalesce(cast({{ field }} as varchar), {{ null_key }})
    {%- endfor %}
))
{%- endmacro %}
