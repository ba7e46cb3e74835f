{#-
    The key by which a partner knows a line (X5), as a hash: its key columns,
    or the id of the profile where all of them are empty.
-#}
{% macro partner_key(columns, id) -%}
{% if columns %}
case
    when
{% for column in columns %}
        {{ 'or ' if not loop.first }}{{ name(column.name) }} != ''
{% endfor %}
        then {{ text_hash(columns | map(attribute='name') | map('name')) }}
    else md5(cast({{ id }} as varchar))
end
{%- else %}
md5(cast({{ id }} as varchar))
{%- endif %}
{%- endmacro %}
