{#-
    A line of CSV out of text columns (RFC 4180, X3). Quotes stand around a
    value that a reader could take apart, trim or skip, around empty text and
    around what reads as no value, so that it differs from that.

    Few lines have such a value: to look at all values of a line at once, and
    at each of them only where there is one, takes half the time.
-#}
{% macro format_line(columns, dialect) -%}
{% set is_alone = columns | length == 1 and dialect.null == "''" %}
{% set absent = dialect.doubled if is_alone else dialect.null %}
{% set doubtful = [] %}
{% set fields = [] %}
{% set bare = [] %}
{% for column, may_need_quotes in columns %}
{% set plain = 'coalesce(' ~ column ~ ', ' ~ dialect.null ~ ')' %}
{% if dialect.is_quoting_all or is_alone or may_need_quotes %}
{% set _ = doubtful.append(column) %}
{% set _ = fields.append(format_field(column, dialect, absent)) %}
{% else %}
{% set _ = fields.append(plain) %}
{% endif %}
{% set _ = bare.append(plain) %}
{% endfor %}
{% if dialect.is_quoting_all or is_alone or not doubtful %}
{{ joined_fields(fields, dialect) }}
{%- else %}
case
    when {{ needs_no_quotes(doubtful, dialect) }}
        then {{ joined_fields(bare, dialect) }}
    else {{ joined_fields(fields, dialect) }}
end
{%- endif %}
{%- endmacro %}

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
