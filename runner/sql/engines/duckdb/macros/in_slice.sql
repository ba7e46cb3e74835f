{#-
    Whether a key is in the current slice; true where a model runs as a whole.
-#}
{% macro in_slice(key) -%}
coalesce(hash({{ key }}) % getvariable('slices') = getvariable('slice'), true)
{%- endmacro %}
