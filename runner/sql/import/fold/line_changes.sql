{#-
    Grain: one row per profile of several files, summed line, and main file in
    which the line begins to count for the profile (`sign` 1), or ends to (-1).
-#}
{{ config(
    materialized='temporary',
    after=['runner.sums'],
    when=is_several and plan.lines
) }}
with

several as (

    select profile_id
    from {{ relations.several_files }}

),

{% if plan.tracks_lines %}
file_rows as (

    select * from {{ relations.file_rows }}

),

row_changes as (

    select
        profile_id,
        key_hash
    from {{ relations.row_changes }}

),

{% endif %}
sums_now as (

    select
        sources,
        line_hash,
        anchor_hash,
        profile_id
    from runner.sums
    where goal = {{ text(plan.name) }}

),

new_sums as (

    select
        sources,
        line_hash,
        anchor_hash,
        profile_id,
        {{ file_of('origin') }} as file_id
    from {{ relations.new_sums }}

),

{% if plan.tracks_lines and not is_first %}
superseded_sums as (

    select
        sources,
        line_hash,
        anchor_hash,
        profile_id
    from {{ relations.superseded_sums }}

),

{% endif %}
{% if plan.tracks_lines %}
changed_keys as (

    select distinct
        file_rows.key_hash,
        file_rows.first_file
    from file_rows
    inner join row_changes
        on file_rows.key_hash = row_changes.key_hash
    semi join several
        on row_changes.profile_id = several.profile_id

),

states as (

    select file_rows.*
    from file_rows
    semi join changed_keys
        on file_rows.key_hash = changed_keys.key_hash
    where file_rows.is_in_force

),

{% for sources in plan.lines %}
{% set line = plan.line(loop.index) %}
lines_{{ loop.index }} as (

    select
        key_hash,
        file_id,
        next_file,
        {{ line }} as line_hash,
        {{ first_by('profile_id', 'row_order') }} as profile_id
    from states
    where {{ line }} is not null
    group by
        key_hash,
        file_id,
        next_file,
        {{ line }}

),

{% endfor %}
given_lines as (

{% for sources in plan.lines %}
    select
        {{ text(sources | join('+')) }} as sources,
        *
    from lines_{{ loop.index }}
{{ '    union all' if not loop.last }}
{% endfor %}

),

held_sums as (

    select sums_now.*
    from sums_now
    semi join changed_keys
        on sums_now.anchor_hash = changed_keys.key_hash
    anti join new_sums
        on sums_now.sources = new_sums.sources
        and sums_now.line_hash = new_sums.line_hash
        and sums_now.anchor_hash = new_sums.anchor_hash
        and sums_now.profile_id = new_sums.profile_id
{% if not is_first %}
    union all
    select * from superseded_sums
{% endif %}

),

{% endif %}
line_signs as (

{% if plan.tracks_lines %}
    select
        profile_id,
        sources,
        line_hash,
        file_id,
        1 as sign
    from given_lines
    union all
    select
        profile_id,
        sources,
        line_hash,
        next_file as file_id,
        -1 as sign
    from given_lines
    where next_file is not null
    union all
    select
        held_sums.profile_id,
        held_sums.sources,
        held_sums.line_hash,
        changed_keys.first_file as file_id,
        -1 as sign
    from held_sums
    inner join changed_keys
        on held_sums.anchor_hash = changed_keys.key_hash
{% else %}
    select
        profile_id,
        sources,
        line_hash,
        file_id,
        1 as sign
    from new_sums
{% endif %}

),

line_changes as (

    select
        line_signs.profile_id,
        line_signs.sources,
        line_signs.line_hash,
        line_signs.file_id,
        sum(line_signs.sign) as sign
    from line_signs
    semi join several
        on line_signs.profile_id = several.profile_id
    group by
        line_signs.profile_id,
        line_signs.sources,
        line_signs.line_hash,
        line_signs.file_id
    having sum(line_signs.sign) != 0

),

holders as (

    select
        profile_id,
        sources,
        line_hash,
        count(*) as holder_count
    from sums_now
    semi join several
        on sums_now.profile_id = several.profile_id
    group by
        profile_id,
        sources,
        line_hash

),

{# A line that several main lines are joined to counts once (R3). #}
held_after as (

    select
        line_changes.*,
        coalesce(holders.holder_count, 0)
        - coalesce(sum(line_changes.sign) over files_behind, 0)
            as holder_count
    from line_changes
    left join holders
        on line_changes.profile_id = holders.profile_id
        and line_changes.sources = holders.sources
        and line_changes.line_hash = holders.line_hash
    window files_behind as (
        partition by
            line_changes.profile_id,
            line_changes.sources,
            line_changes.line_hash
        order by line_changes.file_id
        rows between 1 following and unbounded following
    )

),

final as (

    select
        profile_id,
        sources,
        line_hash,
        file_id,
        case when sign > 0 then 1 else -1 end as sign
    from held_after
    where (holder_count > 0) != (holder_count - sign > 0)

)

select * from final
