{#- A profile as a node of the graph of identities (P1). -#}
{% macro profile_node(profile) -%}
{{ node("''", 'cast(' ~ profile ~ ' as string)') }}
{%- endmacro %}
