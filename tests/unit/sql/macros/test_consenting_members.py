"""Members of a segment of an export that asks for consent (C1)."""

from runner.definitions.objective import Objective
from tests.unit.sql.expression import rows_of

SAID = """
    (1, 'mail', true, '2024-01-01', 1), (1, 'mail', false, '2024-01-02', 2),
    (2, 'mail', false, '2024-01-01', 3), (2, 'mail', true, '2024-01-02', 4),
    (3, 'phone', true, '2024-01-01', 5)
"""


def listed(consent: str) -> list[tuple[object, ...]]:
    objectives = (Objective(name="mail", consent=consent),)
    return rows_of(
        """
        with vip as (select unnest([1, 2, 3, 3, 4]) as profile_id), {{ consenting_members('vip', objectives) }}
        final as (
            select profile_id, null as reason from members
            union all select profile_id, reason from refused
        )
        select * from final order by all
        """,
        objectives=objectives,
    )


def test_members_who_did_not_consent_are_left_out() -> None:
    with_consent("opt_in", [(1, "refused"), (2, None), (3, "never_asked"), (4, "never_asked")])


def test_silence_is_consent_where_the_objective_is_opt_out() -> None:
    with_consent("opt_out", [(1, "refused"), (2, None), (3, None), (4, None)])


def with_consent(consent: str, expected: list[tuple[object, ...]]) -> None:
    rows_of("create schema if not exists runner")
    rows_of(
        "create or replace table runner.joint_consent (profile_id integer, customer_id integer)"
    )
    rows_of(
        "create or replace table runner.consent as select * replace"
        " (cast(stated_at as timestamp) as stated_at), 'a' as goal from (values"
        f" {SAID}) as t(profile_id, objective, consented, stated_at, origin)"
    )
    try:
        assert listed(consent) == expected
    finally:
        rows_of("drop table runner.consent")
        rows_of("drop table runner.joint_consent")
