{#- runner.consent, and who of a batch did not consent. -#}

{#- Grain: no row, in the form of what `keep_apart` keeps. -#}
{% macro none_apart() %}
select
    cast(null as {{ stored_type('id') }}) as alias_id,
    cast(null as {{ stored_type('id') }}) as profile_id
where false
{% endmacro %}

{#- Grain: no row, in the form of what `withhold` keeps. -#}
{% macro none_withheld() %}
select
    cast(null as bigint) as row_id,
    cast(null as {{ stored_type('id') }}) as profile_id,
    cast(null as string) as reason
where false
{% endmacro %}

{#-
    Grain: one row per pair of profiles, or people without one, that are one
    customer: they have an identifier of a refusal, or rows without consent
    would merge them. The hash is that of the macro `identifier_hash`.
-#}
{% macro joint_pairs(merges=none) %}
select
    refusals.profile_id as one_id,
    identifiers.profile_id as other_id
from runner.refusals as refusals
inner join runner.identifiers as identifiers
    on refusals.identifier = identifiers.identifier
    and refusals.value_hash
    = {{ identifier_hash(
        'identifiers.identifier', 'identifiers.value'
    ) }}
where refusals.profile_id != identifiers.profile_id
union
select
    one.profile_id as one_id,
    other.profile_id as other_id
from runner.refusals as one
inner join runner.refusals as other
    on one.identifier = other.identifier
    and one.value_hash = other.value_hash
where one.profile_id < other.profile_id
{% if merges %}
union
select
    alias_id as one_id,
    profile_id as other_id
from {{ merges }}
{% endif %}
{% endmacro %}
