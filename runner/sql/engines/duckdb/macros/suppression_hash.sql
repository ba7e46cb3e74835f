{#-
    The salted hash by which an identifier's value is found among suppressed
    ones (C2).
-#}
{% macro suppression_hash(identifier, value) -%}
sha256(
            getvariable('suppression_salt')
            || '|' || {{ identifier }} || '|'
            || case
                when contains({{ value }}, '@')
                    then translate(
                        trim({{ value }}, ' '),
                        'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
                        'abcdefghijklmnopqrstuvwxyz'
                    )
                else trim({{ value }}, ' ')
            end
        )
{%- endmacro %}
