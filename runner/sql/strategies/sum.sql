{#-
    `sum`: the value moves by what its lines add (R11). They are counted in
    `runner.sums`, each once for a profile (R3).
-#}
{% macro applied(item, current, value, is_late, order) -%}
{{ changed_sum(
    current,
    'summed.' ~ name('earlier_' ~ item.name),
    'summed.' ~ name('later_' ~ item.name),
    item.declared.type,
) }}
{%- endmacro %}
