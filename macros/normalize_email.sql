{#- An e-mail address without blanks around it and in lower case; null where
    the value is no address.

    column: SQL text, such as `customers.email`.
-#}
{% macro normalize_email(column) -%}
case
    when trim({{ column }}) like '%_@_%' then lower(trim({{ column }}))
end
{%- endmacro %}
