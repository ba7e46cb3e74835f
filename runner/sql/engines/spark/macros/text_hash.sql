{#-
    A hash of texts, as text: a null differs from '', and no two lists are
    alike.
-#}
{% macro text_hash(columns) -%}
md5({{ json_of_texts(columns) }})
{%- endmacro %}
