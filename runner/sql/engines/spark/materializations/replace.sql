{#-
    Grain: one row per row of `fresh` with a key of `changed`, instead of
    the rows with that key. Without `fresh`, `changed` holds the rows
    themselves. `columns` are those that go into the table.
-#}
{% macro replace(
    relation,
    changed,
    key,
    fresh=none,
    columns=(),
    left_out=(),
    is_rewritten=false
) %}
delete from {{ relation }} as held
using {{ changed }} as changed
where held.{{ key | name }} = changed.{{ key | name }};
insert into {{ relation }} by name
{% if fresh is none %}
select * from {{ changed }};
{% else %}
select
    {% for column in columns %}
    fresh.{{ column | name }}{% if not loop.last %},{% endif %}

    {% endfor %}
from {{ fresh }} as fresh
left semi join {{ changed }} as changed
    on fresh.{{ key | name }} = changed.{{ key | name }};
{% endif %}
{% endmacro %}
