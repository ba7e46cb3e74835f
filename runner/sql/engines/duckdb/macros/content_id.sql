{#-
    The id of an event without one: a hash of what it holds (E2). Null without a
    profile or a time.
-#}
{% macro content_id(parts, profile, moment) -%}
case
        when {{ profile }} is not null and {{ moment }} is not null
            then md5(to_json([
{% for part in parts %}
                cast({{ part }} as varchar){{ ',' if not loop.last }}
{% endfor %}
            ]))
    end
{%- endmacro %}
