{#- An e-mail address, trimmed and in lower case; null if the value is not
    an address.

    column: SQL text, such as `customers.email`.
-#}
{% macro normalize_email(column) -%}
case
    when trim({{ column }}) like '%_@_%' then lower(trim({{ column }}))
end
{%- endmacro %}
