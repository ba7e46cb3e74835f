{#- All columns of the FROM clause, or those of one relation in it. -#}
{% macro star(from, relation_alias=false, except=[], prefix='', suffix='',
    quote_identifiers=true) -%}
{%- set left_out = except | map('lower') | list -%}
{%- if relation_alias -%}
    {%- set names = except | map('name') | join(', ') -%}
columns(
    {{ relation_alias }}.* {{ 'exclude (' ~ names ~ ')' if names }}
)
{%- else -%}
columns(
    lambda named: lower(named) not in ('' {%- for column in left_out %},
        {{ column | text }}
    {%- endfor %})
)
{%- endif %}
{%- if prefix or suffix %} as {{ (prefix ~ '\\0' ~ suffix) | text }}
{%- endif %}
{%- endmacro %}
