{#-
    Grain: one row per profile, objective and line of this goal that says the
    same (C1), of the people of the batch: from when it first came to when it
    last stood. Sent again, or in a later version of its file, it says no more.
-#}
{{ config(materialized='temporary', when=plan.consents) }}
{#-
    Nor does a line that replaces one which said the same of the person. In
    another file a line is a new statement where the goal said otherwise in
    between. When the definition changed, what the goal said of the last version
    of each file is said anew.
-#}
{% set picked = plan.picked | map('text') | join(', ') or "''" %}
{% set name_of_file -%}
source || if(source in ({{ picked }}), '', ':' || path)
{%- endset %}
{% set stated = ['stated_at', 'origin'] %}
{% set statement = ['profile_id', 'objective', 'consented', 'stated_at'] %}
{% set said_key = statement + ['line_hash', 'statements.file_id'] %}
{% set item_key = statement + ['origin', 'confirmed_origin', 'line_hash'] %}
{% set confirmed = ['confirmed_at', 'confirmed_origin'] %}
with

files as (

    select
        file_id,
        {{ name_of_file }} as file,
        source in ({{ plan.full | map('text') | join(', ') or "''" }})
            as is_full,
        max(modified_at) over earlier_versions as earlier_at,
        row_number() over later_versions - 1 as later_count
    from runner.files
    where goal = {{ text(plan.name) }}
    window
        earlier_versions as (
            partition by {{ name_of_file }}
            order by modified_at
            range between unbounded preceding
                and interval '1' microsecond preceding
        ),
        later_versions as (
            partition by {{ name_of_file }}
            order by file_id desc
        )

),

consent as (

    select *
    from runner.consent
    where
        goal = {{ text(plan.name) }}
        and objective in (
{% for item in plan.consents %}
            {{ text(item.name.removeprefix('consent.')) }}
            {{- ',' if not loop.last }}
{% endfor %}
        )

),

statements as (

    select
        profile_id,
        objective,
        consented,
        stated_at,
        line_hash,
        {{ file_of('origin') }} as file_id,
        max(origin) as origin,
        max(row_order) as row_order
    from {{ relations.statements }}
    group by
        profile_id,
        objective,
        consented,
        stated_at,
        line_hash,
        {{ file_of('origin') }}

),

said as (

    select
        {{ number_of_row(said_key) }} as said_id,
        statements.*,
        files.file,
        files.is_full,
        files.earlier_at
    from statements
    left join files
        on statements.file_id = files.file_id

),

items as (

    select
        {{ number_of_row(item_key) }} as item_id,
        consent.*,
        first_files.file,
        first_files.file is distinct from last_files.file as is_of_several,
        last_files.later_count
    from consent
    left join files as first_files
        on {{ file_of('consent.origin') }} = first_files.file_id
    left join files as last_files
        on {{ file_of('consent.confirmed_origin') }} = last_files.file_id
{% if not is_changed_goal %}
    semi join said
        on consent.profile_id = said.profile_id
        and consent.objective = said.objective
{% endif %}

),

repeated as (

    select
        said.said_id,
        {{ first_by('items.item_id', 'items.stated_at') }} as item_id
    from said
    inner join items
        on said.profile_id = items.profile_id
        and said.objective = items.objective
        and said.consented = items.consented
    where
        said.line_hash in (items.line_hash, items.confirmed_hash)
        and (
            said.file = items.file
            or said.earlier_at between items.stated_at and items.confirmed_at
        )
    group by said.said_id

),

replaced as (

    select
        said.said_id,
        {{ last_by('items.item_id', 'items.stated_at') }} as item_id
    from said
    inner join items
        on said.profile_id = items.profile_id
        and said.objective = items.objective
        and said.consented = items.consented
    anti join repeated as known
        on said.said_id = known.said_id
    anti join repeated as standing
        on items.item_id = standing.item_id
    where
        said.file = items.file
        and (said.is_full or said.earlier_at <= items.confirmed_at)
        or items.is_of_several
        and said.earlier_at between items.stated_at and items.confirmed_at
{% if is_changed_goal %}
        or said.stated_at between items.stated_at and items.confirmed_at
{% endif %}
    group by said.said_id

),

continued as (

    select * from repeated
    union all
    select * from replaced

),

kept as (

    select *
    from items
{% if is_changed_goal %}
    where
        later_count is distinct from 1
        or item_id in (select continued.item_id from continued)
{% endif %}

),

members as (

    select
        kept.item_id,
        kept.profile_id,
        kept.objective,
        kept.consented,
        kept.stated_at,
        kept.origin,
        kept.line_hash,
        kept.file,
        cast(-1 as {{ stored_type('order') }}) as row_order
    from kept
    union all
    select
        kept.item_id,
        kept.profile_id,
        kept.objective,
        kept.consented,
        kept.confirmed_at as stated_at,
        kept.confirmed_origin as origin,
        kept.confirmed_hash as line_hash,
        kept.file,
        cast(-1 as {{ stored_type('order') }}) as row_order
    from kept
    union all
    select
        coalesce(continued.item_id, -said.said_id) as item_id,
        said.profile_id,
        said.objective,
        said.consented,
        said.stated_at,
        said.origin,
        said.line_hash,
        said.file,
        said.row_order
    from said
    left join continued
        on said.said_id = continued.said_id

),

lines as (

    select
        item_id,
        profile_id,
        objective,
        consented,
        file,
        min(stated_at) as stated_at,
        {{ first_by('origin', stated) }} as origin,
        {{ first_by('line_hash', stated) }} as line_hash,
        {{ first_by('row_order', stated) }} as row_order,
        max(stated_at) as confirmed_at,
        {{ last_by('origin', stated) }} as confirmed_origin,
        {{ last_by('line_hash', stated) }} as confirmed_hash
    from members
    group by
        item_id,
        profile_id,
        objective,
        consented,
        file

),

ordered as (

    select
        *,
        row_number() over (
            partition by
                profile_id,
                objective
            order by
                stated_at,
                file,
                {{ line_in('origin') }},
                origin,
                row_order
        ) as position
    from lines

),

numbered as (

    select
        *,
        item_id > 0 as is_known,
        position - row_number() over (
            partition by
                profile_id,
                objective,
                consented
            order by position
        ) as period
    from ordered

),

{# The lines that a line of a period replaced, and which it is now. #}
earlier_lines as (

    select
        profile_id,
        objective,
        consented,
        period,
        line_hash,
        min(confirmed_hash) as last_hash
    from numbered
    where
        is_known
        and line_hash != confirmed_hash
    group by
        profile_id,
        objective,
        consented,
        period,
        line_hash

),

matched as (

    select
        numbered.*,
        coalesce(earlier_lines.last_hash, numbered.confirmed_hash) as last_hash
    from numbered
    left join earlier_lines
        on not numbered.is_known
        and numbered.profile_id = earlier_lines.profile_id
        and numbered.objective = earlier_lines.objective
        and numbered.consented = earlier_lines.consented
        and numbered.period = earlier_lines.period
        and numbered.line_hash = earlier_lines.line_hash

),

final as (

    select
        {{ text(plan.name) }} as goal,
        profile_id,
        objective,
        consented,
        min(stated_at) as stated_at,
        {{ first_by('origin', 'position') }} as origin,
        max(confirmed_at) as confirmed_at,
        {{ last_by('confirmed_origin', confirmed) }}
            as confirmed_origin,
        {{ first_by('line_hash', 'position') }} as line_hash,
        {{ last_by('confirmed_hash', confirmed) }}
            as confirmed_hash
    from matched
    group by
        profile_id,
        objective,
        consented,
        period,
        last_hash

)

select * from final
