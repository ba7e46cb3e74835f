{#-
    Grain: one row per changed profile, without the values that need a higher
    permission level than it has. Identifiers are kept elsewhere, so that the
    person is recognized when they appear again.
-#}
{{ config(materialized='temporary', when=levels) }}
{% set kept = namespace(values={}) %}
{% for property, needed in levels %}
{% set value -%}
case when {{ has_level(needed) }} then {{ name(property) }} end
{%- endset %}
{% set kept.values = dict(kept.values, **{name(property): value}) %}
{% endfor %}
select {{ all_columns('changed', replaced=kept.values) }}
from {{ relations.changed_profiles }} as changed
