{#- Persons erased: what Spark does otherwise than DuckDB. -#}

{#-
    Grain: the main files of groups that are erased are imported again: their
    other lines make the groups.
-#}
{% macro return_files_of_groups() %}
insert into runner.returning
select
    goal,
    source,
    path,
    size,
    modified_at,
    sha256
from (
    select
        files.goal,
        files.source,
        files.path,
        files.size,
        files.modified_at,
        files.sha256,
        row_number() over (
            partition by
                files.goal,
                files.path
            order by files.file_id desc
        ) as place
    from runner.files as files
    where
        files.is_main
        and (files.goal, files.path) in (
            select
                own.goal,
                own.path
            from runner.rows as rows_read
            inner join runner.files as own
                on rows_read.origin // 4294967296 = own.file_id
            left semi join forgotten_groups
                on rows_read.profile_id = forgotten_groups.group_id
        )
        and not exists (
            select 1
            from runner.returning as waiting
            where
                waiting.goal = files.goal
                and waiting.path = files.path
        )
) as numbered
where place = 1;
insert into forgotten
select distinct group_id
from forgotten_groups
{% endmacro %}
