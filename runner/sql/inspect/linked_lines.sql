{#-
    Grain: one row per line of a chained file with a key of the lines above it;
    of links to several files at once, any line.
-#}
select
    coalesce(line, {{ row_id('lines') }} + {{ file.data_from }} + 1) as line
from {{ keys_read }} as lines
where
    true
{% for key, above in compared %}
    and {{ join_key(key.own) }} in (
        select {{ join_key(key.other) }}
        from {{ above }}
    )
{% endfor %}
order by 1
