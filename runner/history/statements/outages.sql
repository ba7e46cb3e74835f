{#- outages: one row per fault that people were notified of and that lasts. -#}

{#- Grain: one row per fault of a connection. -#}
{% macro of_connection() %}
select
    fault,
    since
from outages
where target = :target and connection = :connection
order by fault
{% endmacro %}

{% macro delete() %}
delete from outages
where target = :target and connection = :connection
{% endmacro %}

{% macro add() %}
insert into outages (target, connection, fault, since)
values (:target, :connection, :fault, :since)
{% endmacro %}
