{#- runner.consent, and who of a batch did not consent. -#}

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

{#- Grain: one row more per profile of a pair that was of no customer. -#}
{% macro add_members(pairs) %}
insert into runner.joint_consent
select
    found.profile_id,
    found.profile_id as customer_id
from (
    select one_id as profile_id
    from {{ pairs }}
    union
    select other_id as profile_id
    from {{ pairs }}
) as found
where found.profile_id not in (select profile_id from runner.joint_consent)
{% endmacro %}

{#- Grain: one row where the profiles of a pair are of different customers. -#}
{% macro parted_pairs(pairs) %}
select 1
from {{ pairs }} as pairs
inner join runner.joint_consent as one
    on pairs.one_id = one.profile_id
inner join runner.joint_consent as other
    on pairs.other_id = other.profile_id
where one.customer_id != other.customer_id
limit 1
{% endmacro %}

{#- Grain: customers that a pair joins have the least of their ids. -#}
{% macro join_members(pairs) %}
update runner.joint_consent as members
set customer_id = joined.customer_id
from (
    select
        greatest(one.customer_id, other.customer_id) as earlier_id,
        min(least(one.customer_id, other.customer_id)) as customer_id
    from {{ pairs }} as pairs
    inner join runner.joint_consent as one
        on pairs.one_id = one.profile_id
    inner join runner.joint_consent as other
        on pairs.other_id = other.profile_id
    where one.customer_id != other.customer_id
    group by greatest(one.customer_id, other.customer_id)
) as joined
where members.customer_id = joined.earlier_id
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
