{#- A hash of 128 bits as text: hexadecimal digits. -#}
{% macro hash_text(hash) -%}
regexp_replace(hex({{ hash }}), '^0+', '')
{%- endmacro %}
