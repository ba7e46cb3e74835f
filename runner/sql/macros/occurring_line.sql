{#-
    The hash of a line of a source that keeps duplicates: the first of equal
    lines is known by its content, the others by their number too (R10).
-#}
{% macro occurring_line(lines, occurrence) -%}
{% set hash = lines ~ '.line_hash' %}
{% set number = lines ~ '.' ~ occurrence %}
{% set texts = [hash_text(hash), 'cast(' ~ number ~ ' as string)'] %}
case
            when {{ number }} > 1 then {{ content_hash(texts) }}
            else {{ hash }}
        end
{%- endmacro %}
