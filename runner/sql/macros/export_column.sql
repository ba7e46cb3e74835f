{#-
    The text that one column of an exported file holds. `owner` is the relation
    of its profile.
-#}
{% macro export_column(column, dialect, is_harmless, owner='profiles') -%}
{% if column.kind == 'profile_id' and not column.is_hashed %}
cast({{ owner }}.profile_id as string)
{%- elif column.kind == 'change' %}
cast(null as string)
{%- else %}
{% if column.kind == 'profile_id' %}
{% set value = format_hashed('cast(' ~ owner ~ '.profile_id as string)') %}
{% elif column.kind == 'segments' %}
{% set value = name(column.segments) ~ '.segments' %}
{% elif column.kind == 'text' %}
{% set value = column.text %}
{% elif column.kind == 'permission_level' %}
{% set value = "coalesce(profiles.permission_level, 'personal')" %}
{% else %}
{% set value = format_property(
    column.relation_column, column.declared, dialect, column.is_hashed
) %}
{% endif %}
{% set is_text = column.kind in ('segments', 'text', 'permission_level') %}
{% if column.is_hashed and is_text %}
{% set value = format_hashed(value) %}
{% endif %}
{{ format_harmless(value) if is_harmless and column.is_text else value }}
{%- endif %}
{%- endmacro %}
