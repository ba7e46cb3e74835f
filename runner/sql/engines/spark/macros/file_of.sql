{#-
    The id of the file that an origin names: an origin is that id, times the
    lines that a file may have (`LINES_PER_FILE` in Python), plus the line.
-#}
{% macro file_of(origin) -%}
{{ origin }} div 4294967296
{%- endmacro %}
