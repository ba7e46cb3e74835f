{#-
    A value that a link compares: text in NFC, null where it is empty (R3). Most
    are ASCII, and compare as they stand.
-#}
{% macro join_key(value) -%}
{% set key = value.sql %}
{% if not value.is_column %}
{% set key = 'nullif(cast(' ~ written(value) ~ '\nas varchar), ' ~ "'')" %}
{% endif %}
case
            when strlen({{ key }}) = length({{ key }}) then {{ key }}
            else nfc_normalize({{ key }})
        end
{%- endmacro %}
