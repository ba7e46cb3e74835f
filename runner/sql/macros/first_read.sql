{#-
    The first of several ways to read a text that gives a value. Without the
    `case` the engine would try all of them on each text.
-#}
{% macro first_read(value, read) -%}
{% if read | length == 1 %}
{{ read[0] }}
{%- else %}
case
    when {{ value }} is not null
        then coalesce(
            {{ read | join(',\n            ') }}
        )
end
{%- endif %}
{%- endmacro %}
