{#- The value of a parameter of a URL; null where it has none. -#}
{% macro get_url_parameter(field, url_parameter) -%}
nullif(
    split_part(split_part({{ field }}, '{{ url_parameter }}=', 2), '&', 1),
    ''
)
{%- endmacro %}
