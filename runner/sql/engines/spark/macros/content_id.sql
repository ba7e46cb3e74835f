{#-
    The id of an event without one: a hash of what it holds (E2). Null without a
    profile or a time.
-#}
{% macro content_id(parts, profile, moment) -%}
case
        when {{ profile }} is not null and {{ moment }} is not null
            then md5({{ json_of_texts(parts) }})
    end
{%- endmacro %}
