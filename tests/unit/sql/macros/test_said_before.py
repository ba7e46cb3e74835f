"""The statements of earlier builds (C1)."""

from runner.definitions.objective import Objective
from tests.unit.sql.expression import rows_of


def test_statements_of_the_objectives_are_taken_as_they_were_confirmed() -> None:
    rows_of("create schema if not exists runner")
    rows_of(
        "create or replace table runner.consent as select *, timestamp '2024-01-01' as confirmed_at,"
        " 5 as confirmed_origin from (values (1, 'mail', true), (2, 'phone', false))"
        " as t(profile_id, objective, consented)"
    )
    try:
        found = rows_of(
            "select * replace (cast(stated_at as varchar) as stated_at) from ({{ said_before(objectives) }})",
            objectives=(Objective(name="mail"),),
        )
    finally:
        rows_of("drop table runner.consent")
    assert found == [(1, "mail", True, "2024-01-01 00:00:00", 5, -1)]
