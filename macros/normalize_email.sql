{#- An e-mail address in lower case and in NFC; null if the value is not one
    address.

    column: SQL text, such as `customers.email`.

    Reads `Ann <ann@x>`, `mailto:ann@x` and `'ann@x'` too. Blanks of all kinds
    around it, and invisible characters in it, are removed.
-#}
{% macro normalize_email(column) -%}
    {%- set marks = '\\x{ad}\\x{34f}\\x{61c}\\x{180b}-\\x{180f}' -%}
    {%- set marks = marks ~ '\\x{200b}-\\x{200f}\\x{202a}-\\x{202e}' -%}
    {%- set marks = marks ~ '\\x{2060}-\\x{206f}' -%}
    {%- set invisible = '[' ~ marks ~ '\\x{fe00}-\\x{fe0f}\\x{feff}]+' -%}
    {%- set blank = '\\s\\x{b}\\x{85}\\pZ' -%}
    {%- set no_word = "@,;:<>()\"" ~ blank -%}
    {%- set link = "(?:mailto:)?[" ~ blank ~ "]*" -%}
    {%- set before = "^(?:[^<>@]*<)?[''\"" ~ blank ~ "]*" ~ link -%}
    {%- set local = "[^" ~ no_word ~ "]+" -%}
    {%- set domain = "[^''?/" ~ no_word ~ "]*[^''?/." ~ no_word ~ "]" -%}
    {%- set after = "[.]?(?:[?][^@<>]*)?[,;''\"" ~ blank ~ "]*" -%}
    {%- set after = after ~ "(?:>[^<>@]*)?\\z" -%}
nullif(
    regexp_extract(
        {{ lower_case(composed(replace_matches(column, invisible))) }},
        '{{ before }}({{ local }}@{{ domain }}){{ after }}',
        1
    ),
    ''
)
{%- endmacro %}
