{#- The fields of a line, separated, with the end of the line. -#}
{% macro joined_fields(fields, dialect) -%}
{% if fields | length == 1 %}
{{ fields[0] }}
{%- else %}
concat_ws({{ dialect.separator }}, {{ fields | join(', ') }})
{%- endif %}
{% if dialect.line_end != "''" %}

        || {{ dialect.line_end }}
{%- endif %}
{%- endmacro %}
