{#-
    The text of a column in a line of `sent`: its `names` are columns, its
    `texts` what was sent in them; null where the column is not one of them.
-#}
{% macro sent_text(column) -%}
sent.texts[list_position(sent.names, {{ text(column) }})]
{%- endmacro %}
