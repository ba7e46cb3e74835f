{#-
    Grain: one row per row of `incoming`, with these columns; those with the
    same keys are gone.
-#}
{% macro incremental(relation, incoming, columns, keys) %}
{% if keys %}
delete from {{ relation }} as kept
where exists (
    select 1
    from {{ incoming }} as incoming
    where
        {% for key in keys %}
        {% if not loop.first %}and {% endif %}
        kept.{{ key | name }} = incoming.{{ key | name }}
        {% endfor %}
);
{% endif %}
insert into {{ relation }} by name
select {{ columns | names }} from {{ incoming }};
{% endmacro %}
