{#- The line that an origin names, counted in its file: see `file_of`. -#}
{% macro line_in(origin) -%}
{{ origin }} % 4294967296
{%- endmacro %}
