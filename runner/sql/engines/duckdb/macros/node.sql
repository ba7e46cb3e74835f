{#-
    An identifier value, or a profile, as a node of the graph of identities
    (P1).
-#}
{% macro node(kind, value) -%}
case
    when {{ value }} is not null
        then cast(md5(to_json([{{ kind }}, {{ value }}])) as uuid)
end
{%- endmacro %}
