{#- A list of texts, each of which is an expression; it may be empty. -#}
{% macro text_list(texts) -%}
{{ list_of(texts, 'string') }}
{%- endmacro %}
