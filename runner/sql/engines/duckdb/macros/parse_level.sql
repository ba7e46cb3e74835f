{#-
    Text as a permission level, whatever its case, blanks and hyphens; else
    null.
-#}
{% macro parse_level(value) -%}
{% set level = 'lower(trim(' ~ value ~ '))' %}
{% set level = 'regexp_replace(' ~ level ~ ", '[ -]+', '_', 'g')" %}
case
    when {{ level }} in ('do_not_track', 'anonymous', 'personal')
        then {{ level }}
end
{%- endmacro %}
