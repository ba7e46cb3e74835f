{#-
    Statements, each as one of every profile of its customer: of those that
    rows without consent, or identifiers of a refusal, show to be one (C1).
-#}
{% macro of_customers(statements) -%}
{% set customer = 'coalesce(others.profile_id, ' ~ statements %}
{% set customer = customer ~ '.profile_id)' %}
select {{ all_columns(statements, replaced={'profile_id': customer}) }}
    from {{ statements }}
    left join runner.joint_consent as own
        on {{ statements }}.profile_id = own.profile_id
    left join runner.joint_consent as others
        on own.customer_id = others.customer_id
{%- endmacro %}
