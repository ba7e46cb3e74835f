{#- What the ledger has of one profile: what Spark writes otherwise. -#}

{#- Grain: one row per summed line that counts for a profile. -#}
{% macro sums(profile_id) %}
with

own as (

    select distinct sums.line_hash
    from runner.sums as sums
    where sums.profile_id = {{ profile_id }}

),

numbered as (

    select
        candidates.goal,
        candidates.sources,
        candidates.line_hash,
        candidates.properties,
        candidates.amounts,
        candidates.origin,
        candidates.profile_id,
        row_number() over (
            partition by
                candidates.goal,
                candidates.sources,
                candidates.line_hash
            order by
                files.modified_at desc,
                files.path desc,
                candidates.origin,
                candidates.anchor_hash
        ) as place
    from runner.sums as candidates
    left semi join own
        on candidates.line_hash = own.line_hash
    left join runner.files as files
        on candidates.origin // 4294967296 = files.file_id

)

select
    goal,
    sources,
    line_hash,
    properties,
    amounts,
    origin
from numbered
where
    place = 1
    and profile_id = {{ profile_id }}
order by origin
{% endmacro %}
