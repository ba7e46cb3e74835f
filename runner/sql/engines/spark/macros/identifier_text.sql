{#-
    An identifier's value as it is compared: in NFC, without blanks around it
    and invisible characters inside. Python's `identifier_text` does the same.
-#}
{% macro identifier_text(value) -%}
{% set seen = "'[" ~ invisible_characters() ~ "]+', '')" %}
{% set seen = 'regexp_replace(' ~ value ~ ', ' ~ seen %}
{% set plain = 'regexp_replace(' ~ seen ~ ", '[\\x{85}\\pZ]', ' ')" %}
{% set blank = '[ \\t\\n\\r\\f\\x{b}]+' %}
{% set blank = "'\\A" ~ blank ~ '|' ~ blank ~ "\\z', '')" %}
case
    when {{ is_plain(value) }}
        then {{ value }}
    else {{ composed('regexp_replace(' ~ plain ~ ', ' ~ blank) }}
end
{%- endmacro %}
