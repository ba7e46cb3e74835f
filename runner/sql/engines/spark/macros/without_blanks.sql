{#-
    A text without blanks around it, of any kind, and without marks around it
    that show nothing. Few texts have any.
-#}
{% macro without_blanks(value) -%}
{% set marks = '\\x{ad}\\x{61c}\\x{180e}\\x{200b}-\\x{200f}' %}
{% set marks = marks ~ '\\x{202a}-\\x{202e}\\x{2060}-\\x{206f}\\x{feff}' %}
{% set blank = '[' ~ blank_characters() ~ marks ~ ']+' %}
case
    when {{ is_plain(value) }}
        then {{ value }}
    else regexp_replace({{ value }}, '\A{{ blank }}|{{ blank }}\z', '')
end
{%- endmacro %}
