{#-
    Text as a number. Thousands count as such only where every group has its
    three digits: `1,23` is not 123. Blanks and apostrophes of any kind do.
-#}
{% macro parse_number(value, type, format) -%}
{% set plain = value %}
{% set kinds = {"'": "['’]", ' ': '[ \\x{a0}\\x{2009}\\x{202f}]'} %}
{% set separator = kinds.get(format.thousands, '[' ~ format.thousands ~ ']') %}
{% if format.thousands in kinds %}
{% set plain = plain ~ ', ' ~ text(separator) ~ ", '', 'g'" %}
{% set plain = 'regexp_replace(' ~ plain ~ ')' %}
{% elif format.thousands %}
{% set plain = 'replace(' ~ plain ~ ', ' ~ text(format.thousands) ~ ", '')" %}
{% endif %}
{% if format.decimal != '.' %}
{% set plain = 'replace(' ~ plain ~ ', ' ~ text(format.decimal) ~ ", '.')" %}
{% endif %}
{% set point = '[' ~ format.decimal ~ ']' %}
{% set short = '[-+]?[0-9]{1,7}(' ~ point ~ '[0-9]*)?' %}
{% set groups = '' %}
{% if format.thousands %}
{% set groups = '|[0-9]{1,3}(' ~ separator ~ '[0-9]{3})+' %}
{% endif %}
{% set digits = '([0-9]+' ~ groups ~ ')' %}
{% set pattern = '[-+]?' ~ digits ~ '(' ~ point ~ '0*)?' %}
{% if type != 'integer' %}
{% set whole = digits ~ '(' ~ point ~ '[0-9]*)?' %}
{% set part = point ~ '[0-9]+' %}
{% set pattern = '[-+]?(' ~ whole ~ '|' ~ part ~ ')([eE][-+]?[0-9]+)?' %}
{% endif %}
case
{# Most numbers are short, and need one pattern alone. #}
{% if type == 'decimal' %}
    when regexp_full_match({{ value }}, {{ text(short) }})
        then cast(try_cast({{ plain }} as decimal(18, 10)) as decimal(38, 10))
{% endif %}
    when regexp_full_match({{ value }}, {{ text(pattern) }})
        then {{ cast_number(plain, type) }}
end
{%- endmacro %}
