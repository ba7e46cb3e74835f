{#-
    Grain: one row per row imported before that has to be applied again, because its place
    among the rows of its profile is another now: the last row wins (P4), and what was true on
    Monday, changed on Tuesday and is sent again on Wednesday is true.
    It is another where a new row of the batch precedes it, where the rows come in another
    order than before, or where a row that is not sent again came after it.
-#}
with

rows_linked as (

    select
        links.profile_id,
        links.outcome,
        rows_read.rowid as row_id,
        rows_read.main_row,
        rows_read.row_order,
        rows_read.row_hash,
        rows_read.origin,
        rows_read.known_origin
    from {{ side_by_side(relations.rows, relations.links) }}
    where
        rows_read.rowid = links.row_id
        and links.profile_id is not null
{% if plan.objectives %}
        and links.profile_id not in (select profile_id from {{ relations.refused }})
{% endif %}

),

known as (

    select
        *,
        lag(known_origin) over (partition by profile_id order by row_order) as origin_before
    from rows_linked
    where outcome = 'unchanged'

),

first_new as (

    select
        profile_id,
        min(row_order) as first_new_order
    from rows_linked
    where outcome in ('created', 'updated', 'duplicate')
    group by profile_id

),

sent_again as (

    select
        profile_id,
        min(known_origin) as first_origin,
        max(row_order) as last_order,
        count(distinct row_hash) as hash_count,
        bool_or(known_origin < origin_before) as is_inverted
    from known
    group by profile_id

),

applied_before as (

    select
        ledger.profile_id,
        count(*) as hash_count
    from runner.rows as ledger
    inner join sent_again
        on ledger.profile_id = sent_again.profile_id
    where
        ledger.goal = {{ text(plan.name) }}
        and ledger.origin >= sent_again.first_origin
    group by ledger.profile_id

),

disordered as (

    select sent_again.profile_id
    from sent_again
    left join first_new
        on sent_again.profile_id = first_new.profile_id
    left join applied_before
        on sent_again.profile_id = applied_before.profile_id
    where
        sent_again.is_inverted
        or sent_again.last_order > first_new.first_new_order
        or applied_before.hash_count > sent_again.hash_count

),

{% if plan.keeps_keys %}
{# What a line of the same key took the place of, and that is sent again: it counts again. #}
uncounted as (

    select last_rows.profile_id
    from {{ relations.last_rows }} as last_rows
    semi join known
        on last_rows.main_row = known.main_row
    anti join (select row_hash from runner.keys where goal = {{ text(plan.name) }}) as counted
        on last_rows.row_hash = counted.row_hash

),

again as (

    select profile_id from disordered
    union
    select profile_id from uncounted

),

{% endif %}
final as (

    select
        known.row_id,
        known.profile_id,
        known.main_row,
        known.row_order,
        known.row_hash,
        known.origin
    from known
    semi join {{ 'again' if plan.keeps_keys else 'disordered' }} as profiles
        on known.profile_id = profiles.profile_id

)

select * from final
