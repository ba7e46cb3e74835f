{#- The host of a URL. -#}
{% macro get_url_host(field) -%}
split_part(
    split_part(
        regexp_replace({{ field }}, '^(https?|android-app)://', ''),
        '/',
        1
    ),
    '?',
    1
)
{%- endmacro %}
