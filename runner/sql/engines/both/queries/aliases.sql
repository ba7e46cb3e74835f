{#- runner.aliases: ids of profiles and groups that became part of another. -#}

{#- Grain: one row more per id that was merged. -#}
{% macro add(merged, relation, goal, build_id) %}
insert into runner.aliases
select
    {{ relation }},
    alias_id,
    profile_id,
    {{ goal }},
    {{ build_id }}
from {{ merged }}
{% endmacro %}

{#- Grain: one row per id that became part of a profile. -#}
{% macro of_profile(profile_id) %}
select cast(alias_id as string) as alias_id
from runner.aliases
where
    relation = 'main.profiles'
    and profile_id = {{ profile_id }}
order by alias_id
{% endmacro %}

{#- Grain: one row per id that became part of another. -#}
{% macro list() %}
select
    cast(alias_id as string) as alias_id,
    cast(profile_id as string) as profile_id
from runner.aliases
{% endmacro %}

{#- Grain: one row where the id became part of a profile. -#}
{% macro survivor(value) %}
select
    cast(alias_id as string) as alias_id,
    cast(profile_id as string) as profile_id
from runner.aliases
where
    relation = 'main.profiles'
    and alias_id = try_cast({{ value }} as {{ stored_type('id') }})
{% endmacro %}

{#- Grain: the ids of a column that were merged are those of the survivors. -#}
{% macro move(relation, column, merged) %}
update {{ relation }} as held
set {{ column | name }} = merged.profile_id
from {{ merged }} as merged
where held.{{ column | name }} = merged.alias_id
{% endmacro %}

{#-
    Grain: rows of the ledger are of the survivors; ids of events are made
    of the first id.
-#}
{% macro move_ledger(merged) %}
update runner.rows
set
    profile_id = merged.profile_id,
    event_profile_id = coalesce(event_profile_id, merged.alias_id)
from {{ merged }} as merged
where runner.rows.profile_id = merged.alias_id
{% endmacro %}

{#-
    Grain: rows of a batch that were imported before keep the first id, for
    their events.
-#}
{% macro keep_event_profiles(rows, merged) %}
update {{ rows }} as rows_read
set event_profile_id = coalesce(rows_read.event_profile_id, merged.alias_id)
from {{ merged }} as merged
where rows_read.known_profile_id = merged.alias_id
{% endmacro %}

{#- Grain: the profiles or groups that were merged are gone. -#}
{% macro delete_merged(relation, key, merged) %}
delete from {{ relation }}
where {{ key | name }} in (select alias_id from {{ merged }})
{% endmacro %}
