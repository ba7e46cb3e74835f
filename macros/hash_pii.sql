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
    sha256(
        nullif(
            lower(nfc_normalize(
                regexp_replace({{ column }}, '^{{ blank }}|{{ blank }}$', '', 'g')
            )),
            ''
        )
    )
{%- endmacro %}
