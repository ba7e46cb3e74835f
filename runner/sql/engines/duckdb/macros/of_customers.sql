{#-
    Statements, each as one of every profile of its customer: of those that
    rows without consent, or identifiers of a refusal, show to be one (C1).
-#}
{% macro of_customers(statements) -%}
select {{ statements }}.* replace (
        coalesce(others.profile_id, {{ statements }}.profile_id) as profile_id
    )
    from {{ statements }}
    left join runner.joint_consent as own
        on {{ statements }}.profile_id = own.profile_id
    left join runner.joint_consent as others
        on own.customer_id = others.customer_id
{%- endmacro %}
