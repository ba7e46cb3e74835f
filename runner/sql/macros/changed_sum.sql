{#-
    A property whose exact sums changed, `earlier` and `later` null where it has
    no line: its value moves by the difference of what they are when rounded
    (R11). Without a line left it is null, unless something else wrote to it.
-#}
{% macro changed_sum(current, earlier, later, type) -%}
{% set before = 'cast(' ~ earlier ~ ' as ' ~ sql_type(type) ~ ')' %}
{% set after = 'cast(' ~ later ~ ' as ' ~ sql_type(type) ~ ')' %}
case
            when {{ earlier }} is not distinct from {{ later }}
                then {{ current }}
            when {{ later }} is null
                then cast(
                    nullif({{ current }} - {{ before }}, 0)
                    as {{ sql_type(type) }}
                )
            else cast(
                coalesce({{ current }} - {{ before }}, {{ current }}, 0)
                + {{ after }}
                as {{ sql_type(type) }}
            )
        end
{%- endmacro %}
