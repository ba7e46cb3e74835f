{#- runner.identifiers: what Spark does otherwise than DuckDB. -#}

{#- Grain: no row; models write these functions out. -#}
{% macro text_functions() %}
{% endmacro %}

{#- Grain: no row; no older runner made a warehouse of Spark. -#}
{% macro normalize_values() %}
{% endmacro %}
