{#- 32 hexadecimal digits as the text of a UUID. -#}
{% macro uuid_of(digits) -%}
{# Some servers make views of texts here, which lists cannot hold. #}
replace(regexp_replace(
        {{ digits }}, '^(.{8})(.{4})(.{4})(.{4})', '$1-$2-$3-$4-'
    ), ' ', '')
{%- endmacro %}
