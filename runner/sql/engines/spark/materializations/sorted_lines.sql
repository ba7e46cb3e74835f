{#-
    Grain: one line of text per row of the SELECT, in order; they are written
    where they arrive.
-#}
{% macro sorted_lines(select, line, order) %}
select {{ line }} as line
from (
{{ select }}
)
order by {{ order }}
{% endmacro %}
