{#-
    Grain: one row per row that leads to several profiles, or groups, and is applied to none of
    them (P2 `reject`), with its identifiers and whom each of them finds.
-#}
with

ambiguous as (

    select
        rows_read.origin,
        rows_read.row_hash,
{% for key in plan.keys %}
        rows_read.{{ name('key ' ~ key.number) }}{{ ',' if not loop.last }}
{% endfor %}
    from {{ side_by_side(relations.rows, relations.linked) }}
    where
        rows_read.rowid = links.row_id
        and links.outcome = 'ambiguous'

),

identities as (

    select
        people.component_profiles,
{% for key in plan.keys %}
        identities.{{ name('profile ' ~ key.number) }},
        identities.{{ name('key ' ~ key.number) }}{{ ',' if not loop.last }}
{% endfor %}
    from {{ relations.identities }} as identities
    inner join {{ relations.clusters }} as people
        on identities.identity_id = people.identity_id
    where people.is_ambiguous

),

final as (

    select
        {{ text(plan.name) }} as goal,
        {{ text(build_id) }} as build_id,
        files.path as file,
        ambiguous.origin % 4294967296 as line,
        ambiguous.row_hash,
        list_filter([
{% for key in plan.keys %}
            {
                'identifier': {{ text(key.identifier) }},
                'value': ambiguous.{{ name('key ' ~ key.number) }},
                'profile_id': identities.{{ name('profile ' ~ key.number) }}
            }{{ ',' if not loop.last }}
{% endfor %}
        ], lambda found: found.value is not null) as identifiers,
        identities.component_profiles as profiles
    from ambiguous
    inner join identities
{% for key in plan.keys %}
        {{ 'on' if loop.first else 'and' }} ambiguous.{{ name('key ' ~ key.number) }}
            is not distinct from identities.{{ name('key ' ~ key.number) }}
{% endfor %}
    left join runner.files as files
        on ambiguous.origin // 4294967296 = files.file_id

)

select * from final
