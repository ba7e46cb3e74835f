{#-
    Text that a spreadsheet would run as a formula, with a ' before it (X3):
    signs as they are, full width and small, behind all that shows as nothing.
-#}
{% macro format_harmless(value) -%}
{% set signs = '[-=+@\\x{207a}\\x{207c}\\x{208a}\\x{208c}\\x{2212}\\x{fe62}' %}
{% set signs = signs ~ '\\x{fe63}\\x{fe66}\\x{fe6b}\\x{ff0b}\\x{ff0d}' %}
{% set signs = signs ~ '\\x{ff1d}\\x{ff20}]' %}
{% set hidden = '[\\pC\\pZ' ~ invisible_characters() ~ ']*' %}
regexp_replace(
    {{ value }},
    '\A([\t\r\n]|{{ hidden ~ signs }})',
    '''$1'
)
{%- endmacro %}
