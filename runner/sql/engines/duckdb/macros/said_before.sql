{#- The statements of earlier builds, as `latest_consent` takes them. -#}
{% macro said_before(objectives) -%}
{% set names = objectives | map(attribute='name') | map('text') | join(', ') %}
select
        profile_id,
        objective,
        consented,
        confirmed_at as stated_at,
        confirmed_origin as origin,
        cast(-1 as hugeint) as row_order
    from runner.consent
    where objective in ({{ names }})
{%- endmacro %}
