{#-
    Grain: one row per row of `fresh` with a key of `changed`, instead of
    the rows with that key. Writing the table again (`is_rewritten`) is
    faster where many rows change. Without `fresh`, `changed` holds the rows
    themselves.
-#}
{% macro replace(
    relation, changed, key, fresh=none, left_out=(), is_rewritten=false
) %}
{% if is_rewritten %}
create temp table rows_kept as
select kept.*
from {{ relation }} as kept
anti join {{ changed }} as changed
    on kept.{{ key | name }} = changed.{{ key | name }};
truncate {{ relation }};
{% else %}
delete from {{ relation }}
where {{ key | name }} in (select {{ key | name }} from {{ changed }});
{% endif %}
insert into {{ relation }} by name
{% if is_rewritten %}
select * from rows_kept
union all by name
{% endif %}
{% if fresh is none %}
select * from {{ changed }};
{% else %}
select fresh.* {% if left_out %}exclude ({{ left_out | names }}){% endif %}

from {{ fresh }} as fresh
semi join {{ changed }} as changed
    on fresh.{{ key | name }} = changed.{{ key | name }};
{% endif %}
{% if is_rewritten %}
drop table rows_kept;
{% endif %}
{% endmacro %}
