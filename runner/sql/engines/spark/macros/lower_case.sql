{#-
    A text in lower case, each character for itself: neither does `İ` become
    two, nor does a sigma look at where its word ends.
-#}
{% macro lower_case(value) -%}
lower(translate({{ value }}, 'İΣ', 'iσ'))
{%- endmacro %}
