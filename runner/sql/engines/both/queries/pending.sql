{#-
    runner.pending_rows: rows that are applied once their reason is gone; and
    runner.left_out_rows: others that were not applied.
-#}

{#- Grain: rows of the files that a build imports are gone. -#}
{% macro delete(goal, build_id) %}
delete from runner.pending_rows
where
    goal = {{ goal }}
    and {{ file_of('origin') }} in (
        select earlier.file_id
        from runner.files as earlier
        where
            earlier.goal = {{ goal }}
            and earlier.path in (
                select files.path
                from runner.files as files
                where
                    files.goal = {{ goal }}
                    and files.build_id = {{ build_id }}
            )
    )
{% endmacro %}

{#- Grain: rows are gone that are not of the last import of a goal. -#}
{% macro delete_left_out(goal, build_id) %}
delete from runner.left_out_rows
where
    goal = {{ goal }}
    and {{ file_of('origin') }} not in (
        select max(files.file_id)
        from runner.files as files
        where
            files.goal = {{ goal }}
            and files.build_id = {{ build_id }}
        group by files.path
    )
{% endmacro %}

{#- The list of suppressed values as it is now. -#}
{% macro listed_table() %}
create temp table listed (
    identifier string,
    value_hash string
)
{% endmacro %}

{#- Grain: one row per file with rows of a person who is not listed any more. -#}
{% macro lifted() %}
select distinct
    files.goal,
    files.path
from runner.pending_rows as pending
inner join runner.files as files
    on {{ file_of('pending.origin') }} = files.file_id
where
    pending.outcome = 'suppressed'
    and (pending.identifier, pending.value_hash) not in (
        select
            listed.identifier,
            listed.value_hash
        from listed
    )
order by
    goal,
    path
{% endmacro %}

{#- Grain: one row per row that was not applied, for one of these outcomes. -#}
{% macro list(goals, outcomes, most=none) %}
select *
from (
    select distinct
        files.path as file,
        pending.origin % 4294967296 as line,
        pending.reason,
        if(pending.outcome = 'unmatched', null, pending.identifier)
            as identifier,
        pending.outcome,
        pending.goal,
        files.build_id
    from runner.pending_rows as pending
    inner join runner.files as files
        on {{ file_of('pending.origin') }} = files.file_id
    union all
    select
        files.path as file,
        left_out.origin % 4294967296 as line,
        left_out.outcome as reason,
        null as identifier,
        left_out.outcome,
        left_out.goal,
        files.build_id
    from runner.left_out_rows as left_out
    inner join runner.files as files
        on {{ file_of('left_out.origin') }} = files.file_id
    union all
    select
        file,
        line,
        'ambiguous' as reason,
        null as identifier,
        'ambiguous' as outcome,
        goal,
        build_id
    from runner.conflicts
) as left_out
where
    goal in {{ goals | items }}
    and outcome in {{ outcomes | items }}
order by
    goal,
    file,
    line,
    outcome
{% if most is not none %}
limit {{ most }}
{% endif %}
{% endmacro %}
