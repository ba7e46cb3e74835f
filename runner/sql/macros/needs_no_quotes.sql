{#- True where surely no value of a line needs quotes; else each is checked. -#}
{% macro needs_no_quotes(columns, dialect) -%}
{% set together = 'concat(' ~ columns | join(', ') ~ ')' %}
{% set terms = [] %}
{% for character in dialect.special %}
{% set _ = terms.append('not contains(' ~ together ~ ', ' ~ character ~ ')') %}
{% endfor %}
{% for column in columns %}
{#- Blanks, the double quote and # come before $ in ASCII. #}
{% set term = column ~ " >= '$' and " ~ column ~ " not like '% '" %}
{% if dialect.null != "''" %}
{% set term = term ~ ' and ' ~ column ~ ' != ' ~ dialect.null %}
{% endif %}
{% set _ = terms.append('coalesce(' ~ term ~ ', true)') %}
{% endfor %}
{{ terms | join('\n        and ') }}
{%- endmacro %}
