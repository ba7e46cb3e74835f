{#- The blanks of Unicode, line ends among them, in a regular expression. -#}
{% macro blank_characters() -%}
\s\x{b}\x{85}\pZ
{%- endmacro %}
