{#- Whether a key is in the slice at hand of a model that runs slice by slice; all are where it does not. -#}
{% macro in_slice(key) -%}
coalesce(hash({{ key }}) % getvariable('slices') = getvariable('slice'), true)
{%- endmacro %}
