{#-
    Whether a text holds a value of one of the persons that a session erases.
-#}
{% macro holds_person(value) -%}
{{ value }} rlike {{ session_value('person_values') }}
{%- endmacro %}
