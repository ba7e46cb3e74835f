{#- runner.consent, and who of a batch did not consent. -#}

{#- Grain: no row, in the form of what `keep_apart` keeps. -#}
{% macro none_apart() %}
select
    cast(null as uuid) as alias_id,
    cast(null as uuid) as profile_id
where false
{% endmacro %}

{#- Grain: no row, in the form of what `withhold` keeps. -#}
{% macro none_withheld() %}
select
    cast(null as bigint) as row_id,
    cast(null as uuid) as profile_id,
    cast(null as varchar) as reason
where false
{% endmacro %}

{#-
    Grain: one row more per profile that only rows without consent would
    merge.
-#}
{% macro keep_apart(apart, possible, refused) %}
insert into {{ apart }}
select
    possible.alias_id,
    possible.profile_id
from {{ possible }} as possible
semi join {{ refused }} as refused
    on possible.profile_id = refused.profile_id
where possible.alias_id not in (select alias_id from {{ apart }})
{% endmacro %}

{#- Grain: one row where rows with and without consent are of one cluster. -#}
{% macro mixed_clusters(people, refused) %}
select 1
from {{ people }} as people
left join {{ refused }} as refused
    on people.profile_id = refused.profile_id
where people.profile_id is not null
group by people.first_row_order
having
    bool_or(refused.profile_id is null)
    and bool_or(refused.profile_id is not null)
limit 1
{% endmacro %}

{#- Grain: one row where a profile of the batch did not consent. -#}
{% macro refusals(people, refused) %}
select 1
from {{ people }} as people
semi join {{ refused }} as refused
    on people.profile_id = refused.profile_id
limit 1
{% endmacro %}

{#- Grain: one row more per row of a profile without consent. -#}
{% macro withhold(withheld, linked, refused) %}
insert into {{ withheld }}
select
    linked.row_id,
    linked.profile_id,
    refused.reason
from {{ linked }} as linked
inner join {{ refused }} as refused
    on linked.profile_id = refused.profile_id
where
    linked.outcome in ('created', 'updated', 'duplicate')
    and linked.row_id not in (select row_id from {{ withheld }})
{% endmacro %}

{#-
    Grain: one row more per period; for a person without a profile only
    refusals are kept: they count when the person appears again.
-#}
{% macro add_periods(periods, profiles) %}
insert into runner.consent by name
select periods.*
from {{ periods }} as periods
where
    not periods.consented
    or periods.profile_id in (select profile_id from {{ profiles }})
{% endmacro %}

{#- Grain: one row per objective that a profile stated something of. -#}
{% macro of_profile(profile_id) %}
select
    objective,
    consented,
    confirmed_at,
    goal,
    file,
    line
from main.consent
where profile_id = {{ profile_id }}
order by objective
{% endmacro %}
