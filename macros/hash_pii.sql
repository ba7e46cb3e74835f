{#- SHA-256, in hex, of the trimmed value in lower case, as ad platforms
    match personal data; null if the value is empty.

    column: SQL text; normalize an e-mail address or a phone number first, so
        that all spellings give one hash.

    Anyone who guesses the value can make the hash: this is no anonymization.
-#}
{% macro hash_pii(column) -%}
    sha256(nullif(lower(trim({{ column }})), ''))
{%- endmacro %}
