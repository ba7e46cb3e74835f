{#- Whether it is sure that no value needs quotes; else each is looked at. -#}
{% macro needs_no_quotes(columns, dialect) -%}
{% set together = 'concat(' ~ columns | join(', ') ~ ')' %}
{% set terms = [] %}
{% for character in dialect.special %}
{% set _ = terms.append('not contains(' ~ together ~ ', ' ~ character ~ ')') %}
{% endfor %}
{% for column in columns %}
{#- Blanks, the double quote and # come before $. #}
{% set term = column ~ " >= '$' and not ends_with(" ~ column ~ ", ' ')" %}
{% if dialect.null != "''" %}
{% set term = term ~ ' and ' ~ column ~ ' != ' ~ dialect.null %}
{% endif %}
{% set _ = terms.append('coalesce(' ~ term ~ ', true)') %}
{% endfor %}
{{ terms | join('\n        and ') }}
{%- endmacro %}
