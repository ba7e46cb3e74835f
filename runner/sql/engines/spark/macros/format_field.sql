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
        or {{ column }} rlike {{ dialect.quoted_when }}
        then {{ quoted }}
    else {{ column }}
{% endif %}
end
{%- endmacro %}
