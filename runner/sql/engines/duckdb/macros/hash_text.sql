{#- A hash of 128 bits as text: hexadecimal digits. -#}
{% macro hash_text(hash) -%}
to_hex({{ hash }})
{%- endmacro %}
