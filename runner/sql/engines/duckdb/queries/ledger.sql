{#-
    runner.files, returning, undone, goals, rows, published: what was
    imported.
-#}

{#- Grain: one row per import of a file, in the order of imports. -#}
{% macro files() %}
select
    goal,
    source,
    path,
    size,
    modified_at,
    sha256,
    fingerprint,
    build_id,
    is_main,
    file_id,
    rejected_count > 0
    and coalesce(to_json(files) ->> 'record_count' = '0', false) as is_set_aside,
    coalesce(to_json(files) ->> 'is_retried' = 'true', false) as is_retried
from runner.files
order by file_id
{% endmacro %}

{#- Grain: the imports of a file have the path that it has now (F8). -#}
{% macro rename_file(goal, old_path, new_path) %}
update runner.files
set path = {{ new_path }}
where
    goal = {{ goal }}
    and path = {{ old_path }};
update runner.undone
set path = {{ new_path }}
where
    goal = {{ goal }}
    and path = {{ old_path }};
{% endmacro %}

{#- Grain: one row; 0 where no file is imported yet. -#}
{% macro last_file_id() %}
select coalesce(max(file_id), 0) from runner.files
{% endmacro %}

{#- Grain: one row per file that the next build imports again. -#}
{% macro returning() %}
select
    goal,
    source,
    path,
    size,
    modified_at,
    sha256
from runner.returning
order by
    modified_at,
    path
{% endmacro %}

{#- Grain: one row per file that is undone. -#}
{% macro undone() %}
select
    goal,
    source,
    path,
    size,
    modified_at,
    sha256,
    build_id
from runner.undone
order by
    build_id,
    goal,
    path
{% endmacro %}

{#- Grain: one row per goal. -#}
{% macro goals() %}
select
    goal,
    fingerprint,
    to_json(goals) ->> 'parts' as parts
from runner.goals
{% endmacro %}

{#-
    Grain: a goal's definition is that of another engine, where it has not
    changed since it ran.
-#}
{% macro restate(goal, before, after, parts) %}
update runner.files
set fingerprint = {{ after }}
where
    goal = {{ goal }}
    and fingerprint = {{ before }};
update runner.goals
set
    fingerprint = {{ after }},
    parts = {{ parts }}
where
    goal = {{ goal }}
    and fingerprint = {{ before }};
{% endmacro %}

{#- Grain: one row per model. -#}
{% macro models() %}
select
    model,
    parts
from runner.models
{% endmacro %}

{#- Grain: one row. -#}
{% macro published_build() %}
select build_id from runner.published
{% endmacro %}

{#- Grain: one row: the build that makes the warehouse. -#}
{% macro store_build(build_id) %}
create or replace table runner.published as
select {{ build_id }} as build_id
{% endmacro %}

{#-
    Grain: rows of the ledger that came again have the origin that came
    last.
-#}
{% macro move_rows(goal, repeated) %}
update runner.rows
set origin = repeated.origin
from (
    select
        row_hash,
        max(origin) as origin
    from {{ repeated }}
    group by row_hash
) as repeated
where
    runner.rows.row_hash = repeated.row_hash
    and runner.rows.goal = {{ goal }}
{% endmacro %}

{#-
    Grain: one row per replaced file that lost lines: how many, and whether it
    has changed ones.
-#}
{% macro vanished_lines(replaced) %}
select
    path,
    count(*) filter (where is_vanished) as vanished,
    bool_or(not is_vanished) as is_changed
from {{ replaced }}
group by path
having bool_or(is_vanished)
order by path
{% endmacro %}

{#- Grain: one row per replaced file of which the batch has rows. -#}
{% macro kept_files(files, rows) %}
select distinct files.path
from {{ files }} as files
inner join {{ rows }} as rows_read
    on rows_read.known_origin // 4294967296 = files.file_id
{% endmacro %}

{#- Grain: one row per earlier import of a file that is replaced (F9). -#}
{% macro replaced_files(goal, paths) %}
select
    file_id,
    path
from runner.files
where
    goal = {{ goal }}
    and is_main
    and path in {{ paths | items }}
{% endmacro %}

{#-
    Grain: one row per file of a build without any line whose earlier version
    had some (F9): the earlier one of its path, or of its source where that
    takes the latest file alone.
-#}
{% macro emptied_files(goal, build_id, sources, picked) %}
select
    files.source,
    files.path,
    max_by(earlier.record_count, earlier.file_id) as record_count
from runner.files as files
inner join runner.files as earlier
    on files.goal = earlier.goal
    and files.source = earlier.source
where
    files.goal = {{ goal }}
    and files.build_id = {{ build_id }}
    and files.source in {{ sources | items }}
    and files.record_count = 0
    and earlier.build_id != {{ build_id }}
    and (files.path = earlier.path or files.source in {{ picked | items }})
group by
    files.source,
    files.path
having max_by(earlier.record_count, earlier.file_id) > 0
order by files.path
{% endmacro %}

{#- Grain: sums are without the amounts that overflow (R11). -#}
{% macro leave_out_amounts(overflowing) %}
update runner.sums as held
set amounts = overflowing.amounts
from {{ overflowing }} as overflowing
where
    held.goal = overflowing.goal
    and held.sources = overflowing.sources
    and held.line_hash = overflowing.line_hash
    and held.anchor_hash is not distinct from overflowing.anchor_hash
    and held.profile_id = overflowing.profile_id
{% endmacro %}
