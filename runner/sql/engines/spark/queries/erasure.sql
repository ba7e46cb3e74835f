{#- Persons erased: what Spark does otherwise than DuckDB. -#}

{#-
    Grain: rows of the persons are gone. `ids` and `id_lists` are the
    columns with ids of profiles, `origin` the one with the line that a row
    came from, `address` what identifiers and values are known by.
-#}
{% macro delete_profiles(
    relation, ids, id_lists, origin=none, address=none
) %}
delete from {{ relation }}
where
    false
    {% for column in ids %}
    or {{ column | name }} in (
        select profile_id
        from forgotten
    )
    {% endfor %}
    {% if origin %}
    or {{ origin | name }} in (
        select files.file_id * 4294967296 + forgotten_lines.line
        from forgotten_lines
        inner join runner.files as files
            on forgotten_lines.sha256 = files.sha256
    )
    {% endif %}
    {% if address %}
    or (identifier, {{ address }}) in (
        select
            forgotten_values.identifier,
            forgotten_values.value
        from forgotten_values
    )
    {% endif %}
    {% for column in id_lists %}
    or arrays_overlap({{ column | name }}, (
        select collect_list(profile_id)
        from forgotten
    ))
    {% endfor %}
{% endmacro %}

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

{#-
    Grain: one row: the persons whose removal an export can report, as what it
    sent as their key is recorded.
-#}
{% macro count_sent(relation, key_names) %}
select count(distinct sent.profile_id)
from {{ relation }} as sent
inner join forgotten
    on sent.profile_id = forgotten.profile_id
where
    size(array_except(
        cast({{ key_names }} as array<string>), sent.names
    )) = 0
{% endmacro %}

{#-
    Grain: one row per line that an export sent; those of the persons without
    a hash where the next file removes them, or not at all.
-#}
{% macro sent_without_profiles(relation, is_kept) %}
select
    sent.profile_id,
    if(gone.profile_id is null, sent.content_hash, '') as content_hash,
    sent.partner_key,
    sent.key_names,
    sent.names,
    sent.texts
from {{ relation }} as sent
left join (select distinct profile_id from forgotten) as gone
    on sent.profile_id = gone.profile_id
{% if not is_kept %}
where gone.profile_id is null
{% endif %}
order by sent.profile_id
{% endmacro %}
