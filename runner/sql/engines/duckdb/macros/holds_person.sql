{#-
    Whether a text holds a value of one of the persons that a session erases.
-#}
{% macro holds_person(value) -%}
regexp_matches({{ value }}, getvariable('person_values'))
{%- endmacro %}
