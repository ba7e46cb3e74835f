{#- Whether the names of recorded texts are those of a key, and maybe more. -#}
{% macro holds_key(names, key_names) -%}
coalesce(
    list_has_all({{ names }}, {{ text_list(key_names | map('text')) }}), false
)
{%- endmacro %}
