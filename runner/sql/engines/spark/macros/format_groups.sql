{#- Digits in groups of three, the decimal separator put in. -#}
{% macro format_groups(digits, dialect) -%}
{% set whole = "split_part(replace(" ~ digits ~ ", '-', ''), '.', 1)" %}
{% set point = text(dialect.decimal) %}
if(startswith({{ digits }}, '-'), '-', '')
|| replace(
    trim(leading ',' from reverse(regexp_replace(
        reverse({{ whole }}), '([0-9]{3})', '$1,'
    ))),
    ',',
    {{ dialect.thousands }}
)
|| if(
    contains({{ digits }}, '.'),
    {{ point }} || split_part({{ digits }}, '.', 2),
    ''
)
{%- endmacro %}
