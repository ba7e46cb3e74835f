{#-
    An aggregate: the value with the least order, nulls left out. Of several
    orders (a list) each counts where those before it are equal.
-#}
{% macro first_by(value, order) -%}
{% if order is string %}
arg_min({{ value }}, {{ order }})
{%- else %}
arg_min({{ value }}, ({{ order | join(', ') }}))
{%- endif %}
{%- endmacro %}
