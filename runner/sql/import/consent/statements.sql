{#-
    Grain: one row per joined row and objective that tells of consent (C1), with the time of the
    file that tells it. Rows that were imported before are among them: what is said again counts
    from then. Where files are applied by name, none counts as older than one before it.
{% if plan.may_keep_apart %}
    A refusal counts for all profiles that its row would make one, and that stay apart for it.
{% endif %}
-#}
with

files as (

    select
        file_id,
        max(modified_at) over (partition by source order by file_id) as stated_at
    from runner.files
    where
        goal = {{ text(plan.name) }}
        and build_id = {{ text(build_id) }}

),

linked as (

    select
        links.profile_id,
        rows_read.origin,
        rows_read.row_order,
{% if plan.may_keep_apart %}
        links.outcome = 'unchanged' as is_known,
{% endif %}
{% for source in chained %}
        rows_read.{{ name(source.name ~ ' row') }},
{% endfor %}
{% for item in plan.consents %}
        rows_read.{{ item.column }}{{ ',' if not loop.last }}
{% endfor %}
    from {{ side_by_side(relations.rows, relations.linked) }}
    where
        rows_read.rowid = links.row_id
        and links.outcome in ('created', 'updated', 'duplicate', 'unchanged')

),

stated as (

{% for item in plan.consents %}
{% set own = item.value.sources | sort or [main.name] %}
{% set joined = own | reject('equalto', main.name) | list %}
    select
        linked.profile_id,
        {{ text(item.name.removeprefix('consent.')) }} as objective,
        linked.{{ item.column }} as consented,
        greatest(
{% for source in joined %}
            {{ name('files ' ~ source) }}.stated_at{{ ',' if not loop.last or main.name in own }}
{% endfor %}
{% if main.name in own %}
            main_files.stated_at
{% endif %}
        ) as stated_at,
{% if own | length == 1 and joined %}
        coalesce({{ name(joined[0]) }}.clean_origin, {{ name(joined[0]) }}.rowid + {{ name(joined[0]) }}.shift) as origin,
{% else %}
        linked.origin,
{% endif %}
        cast(linked.row_order as hugeint) as row_order{{ ',' if plan.may_keep_apart }}
{% if plan.may_keep_apart %}
        linked.is_known
{% endif %}
    from linked
{% if main.name in own %}
    left join files as main_files
        on linked.origin // 4294967296 = main_files.file_id
{% endif %}
{% for source in joined %}
    left join {{ relations['lines.' ~ source] }} as {{ name(source) }}
        on linked.{{ name(source ~ ' row') }} = {{ name(source) }}.rowid
    left join files as {{ name('files ' ~ source) }}
        on coalesce({{ name(source) }}.clean_origin, {{ name(source) }}.rowid + {{ name(source) }}.shift)
            // 4294967296 = {{ name('files ' ~ source) }}.file_id
{% endfor %}
    where linked.{{ item.column }} is not null
{{ '    union all' if not loop.last }}
{% endfor %}

),

final as (

{% if plan.may_keep_apart %}
    select stated.* exclude (is_known)
    from stated
    union all
    select stated.* exclude (is_known) replace (apart.alias_id as profile_id)
    from stated
    inner join {{ relations.refused_merges }} as apart
        on stated.profile_id = apart.profile_id
    where
        not stated.consented
        and not stated.is_known
{% else %}
    select * from stated
{% endif %}

)

select * from final
