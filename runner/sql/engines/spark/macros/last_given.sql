{#- The last value that is not null of a window: its name, or what it is. -#}
{% macro last_given(value, window) -%}
last_value({{ value }}) ignore nulls over {{ window }}
{%- endmacro %}
