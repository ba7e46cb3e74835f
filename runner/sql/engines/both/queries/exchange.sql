{#-
    runner.imported, and the files of exported ids: profiles that
    connections exchanged.
-#}

{#-
    Grain: one row per row of the ledger and profile, of groups none; of one
    goal where it is named. `database` is empty, or names another that is
    attached.
-#}
{% macro in_ledger(goal=none, database=none) %}
select
    split_part(rows.goal, '.', 1) as connection,
    rows.profile_id
from {{ in_database(database) }}runner.rows as rows
where
{% if goal is not none %}
    rows.goal = {{ goal }} and
{% endif %}
    rows.goal in (
        select samples.goal
        from (
            select
                ends.goal,
                case numbers.number
                    when 1 then ends.least_id
                    when 2 then ends.some_id
                    else ends.greatest_id
                end as profile_id
            from (
                select
                    goal,
                    min(profile_id) as least_id,
                    any_value(profile_id) as some_id,
                    max(profile_id) as greatest_id
                from {{ in_database(database) }}runner.rows
                group by goal
            ) as ends
            cross join (values (1), (2), (3)) as numbers(number)
        ) as samples
        semi join {{ in_database(database) }}main.profiles as profiles
            on samples.profile_id = profiles.profile_id
    )
{% endmacro %}

{% macro in_database(database) -%}
{% if database %}{{ database | name }}.{% endif %}
{%- endmacro %}

{#-
    Grain: one row per connection and profile, some of them twice;
    `has_kept`: an older warehouse has no table of those that were kept.
-#}
{% macro all(has_kept, database=none) %}
{{ in_ledger(none, database) }}
{% if has_kept %}
union all
select
    connection,
    profile_id
from {{ in_database(database) }}runner.imported
{% endif %}
{% endmacro %}

{#- Grain: one row more per connection and profile that is not kept yet. -#}
{% macro keep(imported) %}
insert into runner.imported
select *
from (
{{ imported }}
)
except
select *
from runner.imported
{% endmacro %}

{#- Grain: profiles that the ledger holds again are not kept. -#}
{% macro prune() %}
delete from runner.imported
where (connection, profile_id) in (
{{ in_ledger() }}
)
{% endmacro %}

{#- Grain: one row per connection. -#}
{% macro count_imported(has_kept) %}
select
    connection,
    count(distinct profile_id) as profile_count
from (
{{ all(has_kept) }}
)
group by connection
order by connection
{% endmacro %}

{#- Grain: one row; ids that were merged since count once. -#}
{% macro count_exported(rows) %}
select count(distinct coalesce(aliases.profile_id, sent.profile_id))
from {{ rows }} as sent
left join runner.aliases as aliases
    on sent.profile_id = aliases.alias_id
    and aliases.relation = 'main.profiles'
{% endmacro %}

{#- Grain: one row per profile in any of the files. -#}
{% macro exported(rows) %}
select distinct profile_id
from {{ rows }}
{% endmacro %}

{#-
    Grain: one row per row of the SELECT with a profile that is in none of
    the files.
-#}
{% macro new_exported(select, key, rows=none) %}
select members.{{ key | name }} as profile_id
from (
{{ select }}
) as members
{% if rows is not none %}
anti join {{ rows }} as known
    on members.{{ key | name }} = known.profile_id
{% endif %}
{% endmacro %}
