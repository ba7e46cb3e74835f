{#- Text that a spreadsheet would run as a formula, with a ' before it (X3). -#}
{% macro format_harmless(value) -%}
regexp_replace({{ value }}, '^([-=+@\t\r])', '''\1')
{%- endmacro %}
