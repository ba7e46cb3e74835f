{#-
    JSON whose escapes of control characters have capital digits, as every
    engine but some servers of this one writes them. Escaped backslashes stay
    whole.
-#}
{% macro upper_escapes(json) -%}
{% set part = namespace(sql='part') %}
{% for digits in ('0b', '0e', '0f', '1a', '1b', '1c', '1d', '1e', '1f') %}
{% set capitals = digits | upper %}
{% set escape = text('\\u00' ~ digits) ~ ', ' ~ text('\\u00' ~ capitals) %}
{% set part.sql = 'replace(' ~ part.sql ~ ', ' ~ escape ~ ')' %}
{% endfor %}
case
        when contains({{ json }}, '\u00')
            then array_join(transform(
                split({{ json }}, '\\\\'),
                part -> {{ part.sql }}
            ), '\\')
        else {{ json }}
    end
{%- endmacro %}
