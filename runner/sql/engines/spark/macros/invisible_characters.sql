{#-
    What Unicode calls default ignorable, in a regular expression: zero-width
    and direction marks, byte order marks.
-#}
{% macro invisible_characters() -%}
{% set found = '\\x{ad}\\x{34f}\\x{61c}\\x{115f}\\x{1160}\\x{17b4}\\x{17b5}' %}
{% set found = found ~ '\\x{180b}-\\x{180f}\\x{200b}-\\x{200f}' %}
{% set found = found ~ '\\x{202a}-\\x{202e}\\x{2060}-\\x{206f}\\x{3164}' %}
{% set found = found ~ '\\x{fe00}-\\x{fe0f}\\x{feff}\\x{ffa0}' %}
{{ found ~ '\\x{fff0}-\\x{fff8}\\x{e0000}-\\x{e0fff}' }}
{%- endmacro %}
