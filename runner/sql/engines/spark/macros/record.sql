{#- Several values as one, by their names (name -> SQL). -#}
{% macro record(values) -%}
named_struct(
{%- for name, value in values.items() %}

            {{ text(name) }}, {{ value }}{{ ',' if not loop.last }}
{%- endfor %}

        )
{%- endmacro %}
