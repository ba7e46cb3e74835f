{#- SHA-256, in hex, of the trimmed value in lower case and in NFC, as ad
    platforms match personal data; null if the value is empty.

    column: SQL text; normalize an e-mail address or a phone number first, so
        that all spellings give one hash.

    Blanks of all kinds are trimmed, and marks that show nothing. Anyone who
    guesses the value can make the hash: this is no anonymization.
-#}
{% macro hash_pii(column) -%}
    {%- set marks = '\\x{61c}\\x{180e}\\x{200b}-\\x{200f}' -%}
    {%- set marks = marks ~ '\\x{202a}-\\x{202e}\\x{2060}-\\x{206f}' -%}
    {%- set blank = '[\\s\\x{b}\\x{85}\\pZ\\x{feff}' ~ marks ~ ']+' -%}
    {%- set around = '^' ~ blank ~ '|' ~ blank ~ '\\z' -%}
    {%- set text = composed(replace_matches(column, around)) -%}
    {{- adapter.dispatch('hash_pii')(lower_case(text)) -}}
{%- endmacro %}

{% macro default__hash_pii(text) -%}
sha256(nullif({{ text }}, ''))
{%- endmacro %}

{% macro spark__hash_pii(text) -%}
sha2(nullif({{ text }}, ''), 256)
{%- endmacro %}
