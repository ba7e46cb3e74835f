{#- The statements of earlier builds, as `latest_consent` takes them. -#}
{% macro said_before(objectives) -%}
{% set names = objectives | map(attribute='name') | map('text') | join(', ') %}
select
        goal,
        profile_id,
        objective,
        consented,
        stated_at,
        origin,
        cast(-1 as {{ stored_type('order') }}) as row_order
    from runner.consent
    where objective in ({{ names }})
{%- endmacro %}
