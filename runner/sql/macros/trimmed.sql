{#-
    A text without blanks around it; null where it is a null value (R1). Looked
    up first in what few values are, then trimmed.
-#}
{% macro trimmed(column, format) -%}
{% set value = name(column) %}
{% if format.trim %}
{% set value = without_blanks(value) %}
{% endif %}
{{ nulled(value, format.null_values | list) }}
{%- endmacro %}
