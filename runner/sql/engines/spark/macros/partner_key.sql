{#-
    The key by which a partner knows a line (X5), as a hash: the texts of its
    key, or the id of the profile where all of them are empty.
-#}
{% macro partner_key(texts, id) -%}
{% if texts %}
case
    when
{% for text in texts %}
        {{ 'or ' if not loop.first }}{{ text }} != ''
{% endfor %}
        then {{ text_hash(texts) }}
    else md5(cast({{ id }} as string))
end
{%- else %}
md5(cast({{ id }} as string))
{%- endif %}
{%- endmacro %}
