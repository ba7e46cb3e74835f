{#-
    Whether a key is in the current slice: a cluster runs a model as a whole.
-#}
{% macro in_slice(key) -%}
true
{%- endmacro %}
