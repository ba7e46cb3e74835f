{#- Where a text begins in another one, from 1; 0 where it does not. -#}
{% macro position(substring_text, string_text) -%}
position({{ substring_text }} in {{ string_text }})
{%- endmacro %}
