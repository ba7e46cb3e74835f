{#-
    Grain: one row, whether a line that the engine read may be the header once more. Only the
    columns that the goal uses are looked at: the careful reader then looks at all.
-#}
select coalesce(bool_or(
    clean_origin is null
{% for column, names in written.items() %}
    and lower(trim({{ name(source.name ~ '.' ~ column) }}, {{ text(' \t') }})) in ({{ names | map('text') | join(', ') }})
{% else %}
    and false
{% endfor %}
), false) as may_repeat
from {{ relations['lines.' ~ source.name] }}
