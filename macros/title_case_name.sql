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
    {%- set blanks = '[\\s\\x{b}\\x{85}\\pZ]+' -%}
    {%- set text = "trim(" ~ replace_matches(column, blanks, ' ') ~ ")" -%}
    {%- set parts = "'[ .''’-]+|[^ .''’-]+'" -%}
    {%- set first, others = 'substr(word, 1, 1)', 'substr(word, 2)' -%}
    {#- Some letters have two as their capital, depending on the engine. -#}
    {%- set upper = "upper(translate(" ~ first ~ ", 'ß', 'ẞ'))" -%}
    {%- set capital -%}
        case when length({{ upper }}) > 1 then {{ first }} else {{ upper }} end
    {%- endset -%}
    {%- set cased -%}
        case
            when
                regexp_extract(word, '\p{Ll}', 0) != ''
                and {{ first }} = {{ capital }}
                then word
            when {{ lower_case('word') }}
                in ('{{ (particles + [""]) | join("', '") }}')
                then {{ lower_case('word') }}
            else {{ capital }} || {{ lower_case(others) }}
        end
    {%- endset -%}
    {%- set words = "regexp_extract_all(" ~ text ~ ", " ~ parts ~ ", 0)" -%}
    nullif({{ joined_items(items_made(words, 'word', cased), "''") }}, '')
{%- endmacro %}
