{#- runner.identifiers: values that many customers share. -#}

{#- Grain: one row more per value and customer that shares it. -#}
{% macro add_shared(shared) %}
insert into runner.shared
select
    identifier,
    value,
    {{ each_item('customers') }} as customer
from {{ shared }}
{% endmacro %}
