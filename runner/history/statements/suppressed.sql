{#- The list of persons who are not imported: a file of its own. -#}

{#- Times are ISO 8601 text in UTC. -#}
{% macro tables() %}
create table if not exists salt (
    only_one integer primary key check (only_one = 1),
    salt text not null
);
create table if not exists suppressed (
    identifier text not null,
    value_hash text not null,
    person text not null,
    reason text not null check (reason in ('forget', 'suppress')),
    receipt_id text not null,
    suppressed_at text not null,
    primary key (identifier, value_hash)
);
{% endmacro %}

{% macro make_salt() %}
insert or ignore into salt (only_one, salt)
values (1, :salt)
{% endmacro %}

{#- Grain: one row. -#}
{% macro salt() %}
select salt
from salt
{% endmacro %}

{#- Grain: one row per identifier value; forgetting outweighs suppressing. -#}
{% macro add() %}
insert into suppressed (
    identifier, value_hash, person, reason, receipt_id, suppressed_at
)
values (?, ?, ?, ?, ?, ?)
on conflict do update set
    reason = excluded.reason,
    receipt_id = excluded.receipt_id,
    suppressed_at = excluded.suppressed_at
where suppressed.reason = 'suppress' and excluded.reason = 'forget'
{% endmacro %}

{#- Grain: one row per identifier value, the oldest first. -#}
{% macro list() %}
select identifier, value_hash, person, reason, receipt_id, suppressed_at
from suppressed
order by suppressed_at, receipt_id, person, identifier, value_hash
{% endmacro %}

{#- Grain: the values of a person are those of another. -#}
{% macro link() %}
update suppressed
set person = ?
where person = ?
{% endmacro %}

{#- Grain: the values of a person are gone. -#}
{% macro remove() %}
delete from suppressed
where person = ?
{% endmacro %}
