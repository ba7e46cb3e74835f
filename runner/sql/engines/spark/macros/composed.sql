{#-
    A text in NFC: accents are not characters of their own. Spark has no
    function for it: the session adds one.
-#}
{% macro composed(value) -%}
runner_nfc({{ value }})
{%- endmacro %}
