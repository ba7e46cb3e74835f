{#-
    What a session holds under a name; null where it holds nothing. It is no
    part of the SQL, which may be seen.
-#}
{% macro session_value(name) -%}
(
            select max(held.value) from session_variables as held
            where held.name = {{ text(name) }}
        )
{%- endmacro %}
