with last_imports as (
    select
        goal,
        path,
        max_by(build_id, file_id) as build_id
    from runner.files
    group by all
)

select
    rejects.goal,
    rejects.file,
    rejects.line,
    rejects.column_name,
    rejects.column_number,
    rejects.byte_offset,
    rejects.property,
    rejects.reason,
    rejects.value,
    rejects.build_id
from runner.rejects as rejects
left join last_imports
    on rejects.goal = last_imports.goal
    and rejects.file = last_imports.path
where
    rejects.goal in ($goals)
    and case
        when $build_id is not null then rejects.build_id = $build_id
        else $is_all or rejects.build_id = coalesce(last_imports.build_id, rejects.build_id)
    end
order by all
limit $most
