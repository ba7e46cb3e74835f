{#-
    Whether the value that a file gives a property (`by_file`) changes what the
    files before it, and the `earlier` profile, left. Needs the window
    `files_before`.
-#}
{% macro is_change_of_file(item, order=none) -%}
{% set value = 'by_file.' ~ item.column %}
{% set earlier = 'earlier.' ~ name(item.name) %}
{% set before = last_given(value, 'files_before') %}
{{ strategy_of(item, order).is_change(item, value, before, earlier, order) }}
{%- endmacro %}
