"""The statements of earlier builds (C1)."""

from runner.definitions.objective import Objective
from tests.unit.sql.expression import rows_of


def test_statements_of_the_objectives_are_taken_at_the_time_of_their_first_line() -> None:
    rows_of("create schema if not exists runner")
    rows_of(
        "create or replace table runner.consent as select *, timestamp '2024-01-01' as stated_at, 'a' as goal,"
        " 5 as origin from (values (1, 'mail', true), (2, 'phone', false))"
        " as t(profile_id, objective, consented)"
    )
    try:
        found = rows_of(
            "select * replace (cast(stated_at as string) as stated_at) from ({{ said_before(objectives) }})",
            objectives=(Objective(name="mail"),),
        )
    finally:
        rows_of("drop table runner.consent")
    assert found == [("a", 1, "mail", True, "2024-01-01 00:00:00", 5, -1)]
