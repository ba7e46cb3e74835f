{#- Columns with values that were read, and with texts that are none. -#}
{% macro value_columns(items) %}
{% for item in items %}
{% if item.may_be_rejected %}
        {{ rejected_text(item.text, item) }} as {{ item.rejected }},
{% endif %}
        {{ item.column }}{{ ',' if not loop.last }}
{% endfor %}
{% endmacro %}
