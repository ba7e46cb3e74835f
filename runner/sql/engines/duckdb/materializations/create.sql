{#-
    Grain: one row per row of the SELECT, in a new relation instead of one
    of its name.
-#}
{% macro create(relation, select, is_view=false, is_temporary=false) %}
create or replace
    {% if is_temporary %}temp {% endif %}
    {% if is_view %}view{% else %}table{% endif %}
    {{ relation }} as
{{ select }}
{% endmacro %}
