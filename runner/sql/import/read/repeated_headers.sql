{#-
    Grain: one row: whether a line that the engine read may be the header
    again. Only the columns that were read are compared; the record reader
    compares all.
-#}
select count(*) > 0 as may_repeat
from {{ relation }}
where
    {{ is_direct }}
{% for column, names in written.items() %}
{% set value = column %}
{% if not format.trim %}
{% set value = 'trim(' ~ column ~ ', ' ~ text(' \t') ~ ')' %}
{% endif %}
    and {{ lower_case(value) }} in (
        {{ names | map('text') | join(', ') }}
    )
{% else %}
    and false
{% endfor %}
