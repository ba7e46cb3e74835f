{#- The SQL type of a property's type. -#}
{% macro sql_type(type) -%}
{% if type in ('text', 'permission_level') %}string
{%- elif type == 'integer' %}bigint
{%- elif type in ('decimal', 'time or number') %}decimal(38, 10)
{%- elif type == 'datetime' %}timestamp_ntz
{%- else %}{{ type }}
{%- endif %}
{%- endmacro %}
