{#-
    The hash that an older runner stored of a value which it compared in another
    form; null where the form is that of today (C2).
-#}
{% macro earlier_suppression_hash(identifier, value) -%}
{% set capitals = "'ABCDEFGHIJKLMNOPQRSTUVWXYZ'" %}
{% set plain = 'trim(' ~ value ~ ')' %}
{% set address = 'translate(' ~ plain ~ ', ' ~ capitals ~ ', ' %}
{% set address = address ~ capitals | lower ~ ')' %}
{% set earlier = 'if(contains(' ~ value ~ ", '@'), " ~ address ~ ', ' ~ plain %}
{% set earlier = earlier ~ ')' %}
case
    when {{ earlier }} != {{ address_text(value) }}
        then sha2(
            {{ session_value('suppression_salt') }}
            || '|' || {{ identifier }} || '|' || {{ earlier }}, 256
        )
end
{%- endmacro %}
