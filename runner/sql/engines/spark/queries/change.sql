{#-
    Rows of a table after a statement that changes them: files are never
    changed, so a table is written again.
-#}

{#- Grain: one row per row of the relation that the condition leaves. -#}
{% macro rows_left(relation, alias, condition) %}
select {{ alias }}.*
from {{ relation }} as {{ alias }}
where ({{ condition }}) is not true
{% endmacro %}

{#- Grain: one row per row of the relation that matches none of `other`. -#}
{% macro rows_without(relation, alias, other, other_alias, condition) %}
select {{ alias }}.*
from {{ relation }} as {{ alias }}
left anti join {{ other }} as {{ other_alias }}
    on {{ condition }}
{% endmacro %}

{#- Grain: one row per row of the relation; `values` are SQL, by column. -#}
{% macro changed_rows(relation, alias, columns, values, condition) %}
select
    {% for column in columns %}
    {% if column in values %}
    case
        when ({{ condition }}) is true then {{ values[column] | sql }}
        else {{ alias }}.{{ column | name }}
    end as {{ column | name }}
    {%- else %}
    {{ alias }}.{{ column | name }}
    {%- endif %}
    {%- if not loop.last %},{% endif %}

    {% endfor %}
from {{ relation }} as {{ alias }}
{% endmacro %}

{#-
    Grain: one row per row of the relation; the condition looks into another
    one, which it can do only behind `where`.
-#}
{% macro rows_changed_where(relation, alias, columns, values, condition) %}
{{ changed_rows(relation, alias, columns, values, 'true' | sql) }}
where ({{ condition }}) is true
union all
{{ rows_left(relation, alias, condition) }}
{% endmacro %}

{#-
    Grain: one row per row of the relation; those that match a row of
    `other`, of which there is one at most, have the values.
-#}
{% macro rows_changed_by(
    relation, alias, columns, values, other, other_alias, condition
) %}
{{ changed_rows(
    relation,
    alias,
    columns,
    values,
    (other_alias ~ '."runner.found"') | sql,
) }}
left join (
    select
        {{ other_alias }}.*,
        true as "runner.found"
    from {{ other }} as {{ other_alias }}
) as {{ other_alias }}
    on {{ condition }}
{% endmacro %}

{#- Grain: one row per row of the relation, one column with another value. -#}
{% macro retyped_rows(relation, columns, changed, value) %}
select
    {% for column in columns %}
    {% if column == changed %}{{ value }} as {% endif %}
    {{- column | name }}{% if not loop.last %},{% endif %}

    {% endfor %}
from {{ relation }}
{% endmacro %}

{#- Grain: one row per row of the SELECT, with these names of columns. -#}
{% macro named_rows(select, columns) %}
select *
from (
{{ select }}
) as inserted ({{ columns }})
{% endmacro %}

{#- Grain: an expression; a value that cannot be cast is an error. -#}
{% macro cast_column(column, type) %}
cast({{ column | name }} as {{ type }})
{% endmacro %}
