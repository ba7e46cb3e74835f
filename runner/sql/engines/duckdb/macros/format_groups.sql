{#- Digits in groups of three, the decimal separator put in. -#}
{% macro format_groups(digits, dialect) -%}
{% set whole = "split_part(ltrim(" ~ digits ~ ", '-'), '.', 1)" %}
{% set point = text(dialect.decimal) %}
if(starts_with({{ digits }}, '-'), '-', '')
|| replace(
    format('{:,}', cast({{ whole }} as hugeint)), ',', {{ dialect.thousands }}
)
|| if(
    contains({{ digits }}, '.'),
    {{ point }} || split_part({{ digits }}, '.', 2),
    ''
)
{%- endmacro %}
