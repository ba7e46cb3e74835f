{#- The number of the bucket of equal width that holds a value. -#}
{% macro width_bucket(expr, min_value, max_value, num_buckets) -%}
case
    when {{ expr }} < {{ min_value }} then 0
    when {{ expr }} >= {{ max_value }} then {{ num_buckets }} + 1
    else cast(
        floor(
            ({{ expr }} - {{ min_value }}) * {{ num_buckets }}
            / ({{ max_value }} - {{ min_value }})
        ) + 1 as integer
    )
end
{%- endmacro %}
