{#-
    CTEs that put the lines of some sources beside rows that name them, behind
    `last.step`, which then names the last.
-#}
{% macro with_columns(plan, relations, sources, last) %}
{% for source in plan.sources if source.name in sources %}
{{ name('lines_of_' ~ source.name) }} as (

    select
        {{ row_id('lines') }} as row_id,
{% if '_line' in source.location %}
        cast({{ line_in(line_origin('lines')) }} as string)
            as {{ name(source.name ~ '._line') }},
{% endif %}
        {{ all_columns('lines', ['shift', 'clean_origin', 'line_hash']) }}
    from {{ relations['lines.' ~ source.name] }} as lines

),

{% endfor %}
fetched as (

    select
        rows_read.*,
{% for source in plan.sources if source.name in sources %}
        {{ all_columns(name('lines_of_' ~ source.name), ['row_id']) }}
        {{- ',' if not loop.last }}
{% endfor %}
    from {{ last.step }} as rows_read
{% for source in plan.sources if source.name in sources %}
{% set lines = name('lines_of_' ~ source.name) %}
    left join {{ lines }}
        on rows_read.{{ plan.line_id(source.name) }} = {{ lines }}.row_id
{% endfor %}

),

{% set last.step = 'fetched' %}
{% endmacro %}
