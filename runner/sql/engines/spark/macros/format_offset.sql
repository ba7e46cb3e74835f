{#- How far local clocks are ahead of UTC, such as +0200. -#}
{% macro format_offset(value, local) -%}
{% set minutes = 'timestampdiff(minute, ' ~ value ~ ', ' ~ local ~ ')' %}
if({{ minutes }} < 0, '-', '+')
|| lpad(cast(abs({{ minutes }}) div 60 as string), 2, '0')
|| lpad(cast(abs({{ minutes }}) % 60 as string), 2, '0')
{%- endmacro %}
