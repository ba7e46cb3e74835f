{#-
    Text as a permission level, whatever its case, blanks and hyphens; else
    null.
-#}
{% macro parse_level(value) -%}
{% set level = 'lower(' ~ without_blanks(value) ~ ')' %}
{% set level = 'regexp_replace(' ~ level ~ ", '[ \\pZ-]+', '_', 'g')" %}
case
    when {{ level }} in ('do_not_track', 'anonymous', 'personal')
        then {{ level }}
end
{%- endmacro %}
