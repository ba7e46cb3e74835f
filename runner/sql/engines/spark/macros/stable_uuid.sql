{#-
    A UUID (version 8, RFC 9562) made from text, the same on every machine (P3).
-#}
{% macro stable_uuid(value) -%}
{% set digits -%}
substr(md5({{ value }}), 1, 12) || '8' || substr(md5({{ value }}), 14, 3)
    || '8' || substr(md5({{ value }}), 18)
{%- endset %}
{{ uuid_of(digits) }}
{%- endmacro %}
