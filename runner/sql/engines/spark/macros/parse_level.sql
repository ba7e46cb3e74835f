{#-
    Text as a permission level, whatever its case, blanks and hyphens; else
    null.
-#}
{% macro parse_level(value) -%}
{% set level = lower_case(without_blanks(value)) %}
{% set level = 'regexp_replace(' ~ level ~ ", '[ \\pZ-]+', '_')" %}
case
    when {{ level }} in ('do_not_track', 'anonymous', 'personal')
        then {{ level }}
end
{%- endmacro %}
