{#-
    A line of CSV out of text columns (RFC 4180, X3). Quotes stand around a
    value that a reader could take apart, trim or skip, around empty text and
    around what reads as no value, so that it differs from that.
-#}
{% macro format_line(columns, dialect) -%}
{% set fields = [] %}
{% for column, may_need_quotes in columns %}
{% set is_alone = columns | length == 1 and dialect.null == "''" %}
{% if dialect.is_quoting_all or is_alone or may_need_quotes %}
{% set absent = dialect.doubled if is_alone else dialect.null %}
{% set _ = fields.append(format_field(column, dialect, absent)) %}
{% else %}
{% set _ = fields.append('coalesce(' ~ column ~ ', ' ~ dialect.null ~ ')') %}
{% endif %}
{% endfor %}
{% if dialect.line_end != "''" %}
{% set _ = fields.append(fields.pop() ~ '\n|| ' ~ dialect.line_end) %}
{% endif %}
{{ fields | join('\n|| ' ~ dialect.separator ~ '\n|| ') }}
{%- endmacro %}

{#-
    A field with its quotes. A lone column has no separator to show an absent
    value, and an empty line is no row.
-#}
{% macro format_field(column, dialect, absent) -%}
{% set quoted %}
{{ dialect.quote }}
            || replace({{ column }}, {{ dialect.quote }}, {{ dialect.doubled }})
            || {{ dialect.quote }}
{%- endset %}
case
    when {{ column }} is null
        then {{ absent }}
{% if dialect.is_quoting_all %}
    else {{ quoted }}
{% else %}
    when {{ column }} = ''
{% if dialect.null != "''" %}
        or {{ column }} = {{ dialect.null }}
{% endif %}
        or regexp_matches({{ column }}, {{ dialect.quoted_when }})
        then {{ quoted }}
    else {{ column }}
{% endif %}
end
{%- endmacro %}
