{#-
    The id that the profile of a row would get if the row made one: that of its
    first identifier (P3).
-#}
{% macro possible_id(keys, rows) -%}
{% set values = [] %}
{% for key in keys %}
{% set value = rows ~ '.' ~ key.column %}
{% set _ = values.append(text(key.identifier ~ ':') ~ ' || ' ~ value) %}
{% endfor %}
{{ stable_uuid('coalesce(' ~ values | join(', ') ~ ')') }}
{%- endmacro %}
