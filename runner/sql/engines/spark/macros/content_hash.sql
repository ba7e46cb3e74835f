{#-
    A hash of values (R5): a null differs from '', and no two lists are alike.
    Its 16 bytes are the number that other engines hold, the highest byte first.
-#}
{% macro content_hash(columns) -%}
{# Some servers make views of texts here, and read no digits of them. #}
unhex(replace(regexp_replace(
    reverse(md5({{ json_of_texts(columns) }})), '(.)(.)', '$2$1'
), ' ', ''))
{%- endmacro %}
