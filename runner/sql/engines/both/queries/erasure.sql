{#- Persons erased: their rows, and what exports can report of them. -#}

{#-
    Grain: rows of the persons are gone. `ids` and `id_lists` are the
    columns with ids of profiles, `origin` the one with the line that a row
    came from, `address` what identifiers and values are known by.
-#}
{% macro delete_profiles(
    relation, ids, id_lists, origin=none, address=none
) %}
{% set all_ids -%}
(select {{ collected('profile_id') }} from forgotten)
{%- endset %}
delete from {{ relation }}
where
    false
    {% for column in ids %}
    or {{ column | name }} in (
        select profile_id
        from forgotten
    )
    {% endfor %}
    {% if origin %}
    or {{ origin | name }} in (
        select files.file_id * 4294967296 + forgotten_lines.line
        from forgotten_lines
        inner join runner.files as files
            on forgotten_lines.sha256 = files.sha256
    )
    {% endif %}
    {% if address %}
    or (identifier, {{ address }}) in (
        select
            forgotten_values.identifier,
            forgotten_values.value
        from forgotten_values
    )
    {% endif %}
    {% for column in id_lists %}
    or {{ has_any_item(column | name, all_ids) }}
    {% endfor %}
{% endmacro %}

{#-
    Grain: one row: the persons whose removal an export can report, as what it
    sent as their key is recorded.
-#}
{% macro count_sent(relation, key_names) %}
{% set names -%}
cast({{ key_names }} as {{ list_type('string') }})
{%- endset %}
select count(distinct sent.profile_id)
from {{ relation }} as sent
inner join forgotten
    on sent.profile_id = forgotten.profile_id
where {{ has_all_items('sent.names', names) }}
{% endmacro %}

{#-
    Grain: one row per line that an export sent; those of the persons without
    a hash where the next file removes them, or not at all.
-#}
{% macro sent_without_profiles(relation, is_kept) %}
select
    sent.profile_id,
    if(gone.profile_id is null, sent.content_hash, '') as content_hash,
    sent.partner_key,
    sent.key_names,
    sent.names,
    sent.texts
from {{ relation }} as sent
left join (select distinct profile_id from forgotten) as gone
    on sent.profile_id = gone.profile_id
{% if not is_kept %}
where gone.profile_id is null
{% endif %}
order by sent.profile_id
{% endmacro %}
