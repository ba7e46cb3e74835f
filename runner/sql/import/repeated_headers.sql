{#-
    Grain: one row, whether a line that the engine read may be the header once more. Only the
    columns that the goal uses are looked at: the record reader then looks at all.
-#}
select count(*) > 0 as may_repeat
from {{ relations['lines.' ~ source.name] }}
where
    clean_origin is null
{% for column, names in written.items() %}
{% set value = name(source.name ~ '.' ~ column) %}
    and lower({{ value if source.format.trim else 'trim(' ~ value ~ ', ' ~ text(' \t') ~ ')' }}) in ({{ names | map('text') | join(', ') }})
{% else %}
    and false
{% endfor %}
