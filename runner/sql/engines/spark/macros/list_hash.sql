{#- A text that is different for lists of other texts. -#}
{% macro list_hash(items) -%}
md5({{ upper_escapes('to_json(' ~ items ~ ')') }})
{%- endmacro %}
