{#-
    A hash of values (R5): a null differs from '', and no two lists are alike.
-#}
{% macro content_hash(columns) -%}
md5_number(to_json([{{ columns | join(', ') }}]))
{%- endmacro %}
