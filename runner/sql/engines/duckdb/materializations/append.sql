{#-
    Grain: one row more per row of the SELECT; `is_filled` empties the table
    before.
-#}
{% macro append(relation, select, is_filled=false) %}
{% if is_filled %}
truncate {{ relation }};
{% endif %}
insert into {{ relation }} by name
{{ select }}
{% endmacro %}
