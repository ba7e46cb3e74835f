"""Who of the candidates is left out, by what was said (C1)."""

from runner.definitions.objective import Objective
from tests.unit.sql.expression import rows_of


def test_candidates_who_refused_or_were_never_asked_are_refused() -> None:
    rows_of("create schema if not exists runner")
    rows_of(
        "create or replace table runner.joint_consent (profile_id integer, customer_id integer)"
    )
    rows_of(
        "create or replace table runner.consent as select *, timestamp '2024-01-01' as stated_at,"
        " 1 as origin, 'a' as goal from (values (1, 'mail', true), (2, 'mail', false))"
        " as t(profile_id, objective, consented)"
    )
    try:
        found = rows_of(
            "with candidates as (select unnest([1, 2, 3]) as profile_id),"
            " {{ refused_members(objectives) }}"
            " final as (select * from refused) select * from final order by all",
            objectives=(Objective(name="mail", consent="opt_in"),),
        )
    finally:
        rows_of("drop table runner.consent")
        rows_of("drop table runner.joint_consent")
    assert found == [(2, "refused"), (3, "never_asked")]
