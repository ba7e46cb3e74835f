{#- A name as one writes it: `JANSEN` and `jansen` become `Jansen`; null where
    the value is empty.

    column: SQL text, such as `customers.last_name`.
    particles: words that become small, as in `van der Berg`; `[]` for none, as
        first names have.

    A word that begins with a capital and goes on in small letters was written
    with care and stays as it is: `McDonald`, `Van Damme`.
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
                    trim(regexp_replace({{ column }}, '\s+', ' ', 'g')),
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
