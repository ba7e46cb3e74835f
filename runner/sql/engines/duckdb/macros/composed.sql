{#- A text in NFC: accents are not characters of their own. -#}
{% macro composed(value) -%}
nfc_normalize({{ value }})
{%- endmacro %}
