{#-
    The steps of `process` as CTEs behind `last.step`, which then names the
    last. Given `sources`, only the columns made of their lines alone; else all,
    and `is_kept` tells which rows meet the conditions: others get no values.
-#}
{% macro process_steps(plan, last, sources=none) %}
{% set made = namespace(names=[]) %}
{% set condition = 'is_kept' if sources is none else '' %}
{% for step in plan.steps %}
{% set sets = step.sets_of(sources) %}
{% if step.call and sets %}
called_{{ loop.index }} as (

    select
        *,
        {{ python_call(step.call, condition) }} as {{ step.call.name }}
    from {{ last.step }}

),

{% set last.step = 'called_' ~ loop.index %}
{% endif %}
{% if sets %}
{% set replaced = [] %}
{% set added = [] %}
{% for column, value, _ in sets %}
{% set known = column | lower in made.names %}
{% set _ = (replaced if known else added).append((column, value)) %}
{% endfor %}
step_{{ loop.index }} as (

{% set changed = namespace(values={}) %}
{% for column, value in replaced %}
{% set _ = changed.values.update({column: read_text(value, condition)}) %}
{% endfor %}
    select
        {{ all_columns(last.step, replaced=changed.values) }}
        {{- ',' if added }}
{% for column, value in added %}
        {{ read_text(value, condition) }}
            as {{ column }}{{ ',' if not loop.last }}
{% endfor %}
    from {{ last.step }}

),

{% for column, _, _ in sets %}
{% set _ = made.names.append(column | lower) %}
{% endfor %}
{% set last.step = 'step_' ~ loop.index %}
{% elif sources is none %}
step_{{ loop.index }} as (

{% set is_kept -%}
is_kept and case when is_kept then coalesce(
                {{ 'not' if step.drop }} (
                    {{ written(step.drop or step.keep) }}
                ), {{ 'true' if step.drop else 'false' }}
            ) end
{%- endset %}
    select {{ all_columns(last.step, replaced={'is_kept': is_kept}) }}
    from {{ last.step }}

),

{% set last.step = 'step_' ~ loop.index %}
{% endif %}
{% endfor %}
{% endmacro %}
