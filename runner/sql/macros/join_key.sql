{#-
    A value that a link compares: text in NFC, null where it is empty (R3). Most
    are ASCII, and compare as they stand.
-#}
{% macro join_key(value) -%}
{% set key = value.sql %}
{% if not value.is_column %}
{% set key = 'nullif(cast(' ~ written(value) ~ '\nas string), ' ~ "'')" %}
{% endif %}
case
            when {{ is_ascii(key) }} then {{ key }}
            else {{ composed(key) }}
        end
{%- endmacro %}
