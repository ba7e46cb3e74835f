{#- Grain: one row per line of a source; the columns that links compare. -#}
{% for file in files %}
select
{% for column in columns %}
{% set spelled = file.spelling.get(column | lower) %}
    {{ trimmed(spelled, format) if spelled else 'cast(null as string)' }}
        as {{ name(source ~ '.' ~ column) }}{{ ',' if not loop.last }}
{% endfor %}
from
    {{ read_lines(file, format) }}
{{ 'union all' if not loop.last }}
{% endfor %}
