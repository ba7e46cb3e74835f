{#- A name in its usual case: `JANSEN` and `jansen` become `Jansen`; null if
    the value is empty.

    column: SQL text, such as `customers.last_name`.
    particles: words in lower case, as in `van der Berg`; `[]` for none, as in
        first names.

    A word that begins with a capital and has small letters is not changed:
    `McDonald`, `Van Damme`.
-#}
{% macro title_case_name(
    column,
    particles=['da', 'de', 'del', 'den', 'der', 'di', 'du', 'het', 'la', 'le',
               's', 't', 'te', 'ten', 'ter', 'van', 'von']
) -%}
    nullif(
        array_to_string(
            list_transform(
                regexp_extract_all(
                    trim(regexp_replace({{ column }}, '[\s\pZ]+', ' ', 'g')),
                    '[ .''’-]+|[^ .''’-]+'
                ),
                lambda word: case
                    when
                        word != upper(word) and word[1] = upper(word[1])
                        then word
                    when
                        lower(word) in ('{{ (particles + [""]) | join("', '") }}')
                        then lower(word)
                    else upper(word[1]) || lower(word[2:])
                end
            ),
            ''
        ),
        ''
    )
{%- endmacro %}
