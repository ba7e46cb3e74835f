{#- files and exports: what builds imported and sent. -#}

{% macro add() %}
insert into files (
    build_id, goal, source, path, sha256, size, modified_at, lines, records,
    blank, rejected, header
)
values (
    :build_id, :goal, :source, :path, :sha256, :size, :modified_at, :lines,
    :records, :blank, :rejected, :header
)
{% endmacro %}

{#- Grain: one row per file that a build imported. -#}
{% macro of_build() %}
select *
from files
where build_id = :build_id
order by file_id
{% endmacro %}

{#- Grain: one row per file that a published build imported. -#}
{% macro imported() %}
select files.*
from files
inner join builds on files.build_id = builds.build_id
where
    builds.target = :target
    and builds.published = 1
    and builds.build_id > :after
order by files.file_id
{% endmacro %}

{% macro add_export() %}
insert into exports (build_id, goal, path, rows, size, sha256)
values (:build_id, :goal, :path, :rows, :size, :sha256)
{% endmacro %}

{#- Grain: one row per file that a build sent. -#}
{% macro exports() %}
select *
from exports
where build_id = :build_id
order by export_id
{% endmacro %}
