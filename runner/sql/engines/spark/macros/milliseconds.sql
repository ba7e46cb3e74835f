{#- The milliseconds from 1970 to a time. -#}
{% macro milliseconds(value) -%}
unix_millis({{ value }})
{%- endmacro %}
