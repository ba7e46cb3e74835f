{#- A text with something else in place of each match of a regular expression.

    text: SQL text.
    pattern: what DuckDB and Spark both read, such as `[0-9]+`; `\z` is the end
        of the text, where `$` may be before a line end.
    by: what comes in its place; `\1` is what the first brackets hold.

    Engines have it differently: `adapter.dispatch` takes the macro for the
    engine of the target.
-#}
{% macro replace_matches(text, pattern, by='') -%}
    {{- adapter.dispatch('replace_matches')(text, pattern, by) -}}
{%- endmacro %}

{% macro default__replace_matches(text, pattern, by) -%}
regexp_replace({{ text }}, '{{ pattern }}', '{{ by }}', 'g')
{%- endmacro %}

{% macro spark__replace_matches(text, pattern, by) -%}
regexp_replace({{ text }}, '{{ pattern }}', '{{ by | replace('\\', '$') }}')
{%- endmacro %}
