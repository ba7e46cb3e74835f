{#-
    An identifier value, or a profile, as a node of the graph of identities
    (P1).
-#}
{% macro node(kind, value) -%}
case
    when {{ value }} is not null
        then {{ uuid_of('md5(' ~ json_of_texts([kind, value]) ~ ')') }}
end
{%- endmacro %}
