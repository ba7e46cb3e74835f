{#- Whether the names of recorded texts are those of a key, and maybe more. -#}
{% macro holds_key(names, key_names) -%}
coalesce(size(array_except(
    {{ text_list(key_names | map('text')) }}, {{ names }}
)) = 0, false)
{%- endmacro %}
