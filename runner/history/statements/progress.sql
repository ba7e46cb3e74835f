{#- progress: one row per build that runs now. -#}

{% macro store() %}
insert or replace into progress (
    build_id, phase, name, message, done, total, unit, told_at
)
values (:build_id, :phase, :name, :message, :done, :total, :unit, :told_at)
{% endmacro %}

{#- Grain: builds that run no longer have none. -#}
{% macro end() %}
delete from progress
where build_id not in (select build_id from builds where status = 'running')
{% endmacro %}

{#- Grain: one row, or none. -#}
{% macro of_build() %}
select *
from progress
where build_id = :build_id
{% endmacro %}
