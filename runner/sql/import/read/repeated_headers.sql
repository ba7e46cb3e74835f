{#-
    Grain: one row, whether a line that the engine read may be the header once more. Only the
    columns that were read are looked at: the record reader then looks at all.
-#}
select count(*) > 0 as may_repeat
from {{ relation }}
where
    {{ is_direct }}
{% for column, names in written.items() %}
    and lower({{ column if format.trim else 'trim(' ~ column ~ ', ' ~ text(' \t') ~ ')' }}) in ({{ names | map('text') | join(', ') }})
{% else %}
    and false
{% endfor %}
