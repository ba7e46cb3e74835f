"""Statements of all profiles of a customer (C1)."""

from tests.unit.sql.expression import rows_of


def test_statement_is_one_of_each_profile_of_its_customer() -> None:
    rows_of("create schema if not exists runner")
    rows_of(
        "create or replace table runner.joint_consent as"
        " from (values (1, 1), (2, 1), (3, 3)) as t(profile_id, customer_id)"
    )
    try:
        found = rows_of(
            "with stated as (from (values (1, 'no'), (3, 'yes'), (4, 'no')) as t(profile_id, said))"
            " from ({{ of_customers('stated') }}) order by all"
        )
    finally:
        rows_of("drop table runner.joint_consent")
    assert found == [(1, "no"), (2, "no"), (3, "yes"), (4, "no")]
