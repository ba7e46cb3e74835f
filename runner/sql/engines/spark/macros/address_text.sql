{#-
    An identifier's value as persons are suppressed by it (C2): an e-mail
    address is one in any case, as a link, and in angle brackets behind a name.
    Python's `address_text` does the same.
-#}
{% macro address_text(value) -%}
{% set plain = identifier_text(value) %}
{% set bracketed = "'(?s)^.*<([^<>]*@[^<>]*)>.*\\z', '$1')" %}
{% set address = 'regexp_replace(' ~ lower_case(plain) ~ ', ' ~ bracketed %}
{% set link = "'(?s)^mailto: *([^?]*)(?:\\?.*)?\\z', '$1')" %}
case
    when contains({{ value }}, '@')
        then trim(regexp_replace({{ address }}, {{ link }})
    else {{ plain }}
end
{%- endmacro %}
