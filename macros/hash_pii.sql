{#- Personal data as ad platforms match it: SHA-256, in hex, of the value
    without blanks around it and in lower case; null where the value is empty.

    column: SQL text; normalize an e-mail address or a phone number first, so
        that all spellings give one hash.

    Whoever guesses the value can make the same hash: it is no anonymization.
-#}
{% macro hash_pii(column) -%}
    sha256(nullif(lower(trim({{ column }})), ''))
{%- endmacro %}
