{#-
    Tables that a project declares, and the comments of its views. `described`
    are the columns of properties: name -> type and comment.
-#}

{#- The columns of properties, behind those that every table has. -#}
{% macro property_columns(described) %}
{% for name, (sql_type, _) in described.items() %}
    , {{ name | name }} {{ sql_type | sql }}
{% endfor %}
{% endmacro %}

{% macro property_comments(relation, described) %}
{% for name, (_, comment) in described.items() %}
comment on column {{ relation }}.{{ name | name }} is {{ comment }};
{% endfor %}
{% endmacro %}

{#- The table of an `event`, an `item` or a `group`. -#}
{% macro declared(kind, relation, comment, described) %}
{% if kind == 'event' %}
{{ events(relation, comment, described) }}
{% elif kind == 'item' %}
{{ items(relation, comment, described) }}
{% else %}
{{ groups(relation, comment, described) }}
{% endif %}
{% endmacro %}

{#- Grain: one row per event of a type. -#}
{% macro events(relation, comment, described) %}
create table if not exists {{ relation }} (
    event_id varchar not null,
    profile_id uuid not null,
    occurred_at timestamp not null
    {{ property_columns(described) }}
);
comment on table {{ relation }} is {{ comment }};
comment on column {{ relation }}.event_id
is 'Id of the event; made from its content where the files have none';
comment on column {{ relation }}.profile_id
is 'The profile that it happened to';
comment on column {{ relation }}.occurred_at is 'When it happened (UTC)';
{{ property_comments(relation, described) }}
{% endmacro %}

{#- Grain: one row per item of a nested list of an event. -#}
{% macro items(relation, comment, described) %}
create table if not exists {{ relation }} (
    event_id varchar not null,
    profile_id uuid not null,
    position integer not null
    {{ property_columns(described) }}
);
comment on table {{ relation }} is {{ comment }};
comment on column {{ relation }}.event_id
is 'The event that the item belongs to';
comment on column {{ relation }}.profile_id
is 'The profile that the event happened to';
comment on column {{ relation }}.position
is 'Place in the list of the event, from 1';
{{ property_comments(relation, described) }}
{% endmacro %}

{#- Grain: one row per group of a type. -#}
{% macro groups(relation, comment, described) %}
create table if not exists {{ relation }} (
    group_id uuid not null,
    members bigint,
    created_at timestamp,
    updated_at timestamp
    {{ property_columns(described) }}
);
comment on table {{ relation }} is {{ comment }};
comment on column {{ relation }}.group_id
is 'Made from the first identifier: the same on every rebuild';
comment on column {{ relation }}.members is 'Profiles that name the group';
comment on column {{ relation }}.created_at
is 'When the file was written that first named the group (UTC)';
comment on column {{ relation }}.updated_at
is 'When the file was written that last changed a value (UTC)';
{{ property_comments(relation, described) }}
{% endmacro %}

{#- Grain: no row; a view is described. -#}
{% macro view_comments(view) %}
{% if view == 'timeline' %}
{{ timeline_comments() }}
{% else %}
{{ consent_comments() }}
{% endif %}
{% endmacro %}

{#- Grain: no row; the view of all events is described. -#}
{% macro timeline_comments() %}
comment on view main.timeline is 'One row per event of any type';
comment on column main.timeline.profile_id
is 'The profile that it happened to';
comment on column main.timeline.type is 'Event type';
comment on column main.timeline.occurred_at is 'When it happened (UTC)';
comment on column main.timeline.event_id
is 'Id of the event, unique in its type';
comment on column main.timeline.details
is 'Properties and nested lists, as JSON';
{% endmacro %}

{#- Grain: no row; the view of consent is described. -#}
{% macro consent_comments() %}
comment on view main.consent
is 'One row per profile and objective, with what was said last';
comment on column main.consent.profile_id is 'The profile';
comment on column main.consent.objective is 'Name of the objective';
comment on column main.consent.consented is 'Whether the person consented';
comment on column main.consent.stated_at
is 'When the file was written that began to say so (UTC)';
comment on column main.consent.confirmed_at
is 'When the file was written that last said so (UTC)';
comment on column main.consent.goal is 'The goal that last said so';
comment on column main.consent.file is 'The file that it stood in';
comment on column main.consent.line is 'Its line there';
{% endmacro %}
