{#-
    A text in the form in which words are compared, whatever its case, and
    whether its accents are characters of their own.
-#}
{% macro comparable_word(value) -%}
{{ lower_case(composed(value)) }}
{%- endmacro %}
