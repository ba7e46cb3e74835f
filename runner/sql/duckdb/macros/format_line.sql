{#-
    A line of CSV out of text columns (RFC 4180, X3). Quotes stand around a
    value that a reader could take apart, trim or skip, and around empty text,
    so that it differs from no value.
-#}
{% macro format_line(columns, dialect) -%}
{% set fields = [] %}
{% for column, may_need_quotes in columns %}
{% if columns | length == 1 %}
{% set _ = fields.append(format_field(column, dialect, dialect.doubled)) %}
{% elif may_need_quotes %}
{% set _ = fields.append(format_field(column, dialect, "''")) %}
{% else %}
{% set _ = fields.append('coalesce(' ~ column ~ ", '')") %}
{% endif %}
{% endfor %}
{{ fields | join('\n|| ' ~ dialect.separator ~ '\n|| ') }}
{%- endmacro %}

{#-
    A field with its quotes. A lone column has no separator to show an absent
    value, and an empty line is no row.
-#}
{% macro format_field(column, dialect, absent) -%}
case
    when {{ column }} is null
        then {{ absent }}
    when {{ column }} = ''
        or regexp_matches({{ column }}, {{ dialect.quoted_when }})
        then {{ dialect.quote }}
            || replace({{ column }}, {{ dialect.quote }}, {{ dialect.doubled }})
            || {{ dialect.quote }}
    else {{ column }}
end
{%- endmacro %}
