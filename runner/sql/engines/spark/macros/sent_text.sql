{#-
    The text of a column in a line of `sent`: its `names` are columns, its
    `texts` what was sent in them; null where the column is not one of them.
-#}
{% macro sent_text(column) -%}
try_element_at(
    sent.texts,
    nullif(cast(array_position(sent.names, {{ text(column) }}) as int), 0)
)
{%- endmacro %}
