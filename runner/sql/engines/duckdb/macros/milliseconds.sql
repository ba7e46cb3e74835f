{#- The milliseconds from 1970 to a time. -#}
{% macro milliseconds(value) -%}
epoch_ms({{ value }})
{%- endmacro %}
