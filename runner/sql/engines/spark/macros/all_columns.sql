{#-
    The columns of a relation in their order: without those named in `but`, and
    with other values for those in `replaced` (name -> SQL).
-#}
{% macro all_columns(relation, but=(), replaced={}) -%}
{{ relation }}.*
{%- if but %} exclude (
            {{ but | join(',\n            ') }}
        ){% endif %}
{%- if replaced %} replace (
{% for column, value in replaced.items() %}
            {{ value }} as {{ column }}{{ ',' if not loop.last }}
{% endfor %}
        )
{%- endif %}
{%- endmacro %}
