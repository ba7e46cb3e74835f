"""What was said last, and who is refused for it (C1)."""

import pytest

from runner.definitions.objective import Objective
from tests.unit.sql.expression import rows_of

LATEST = """
with said as (
    select * from (values {{ rows }}) as t(profile_id, objective, stated_at, origin, row_order, consented)
),
{{ latest_consent() }}
final as (select profile_id, objective, consented from latest)
select * from final order by all
"""


@pytest.mark.parametrize(
    "rows",
    [
        "(1, 'mail', 2, 1, 1, true), (1, 'mail', 1, 9, 9, false)",
        "(1, 'mail', 1, 2, 1, true), (1, 'mail', 1, 1, 9, false)",
        "(1, 'mail', 1, 1, 2, true), (1, 'mail', 1, 1, 1, false)",
    ],
    ids=["file", "line", "row"],
)
def test_last_statement_counts_by_file_then_line_then_row(rows: str) -> None:
    assert rows_of(LATEST, rows=rows) == [(1, "mail", True)]


def test_objectives_and_people_are_apart() -> None:
    rows = "(1, 'mail', 1, 1, 1, true), (1, 'phone', 2, 1, 1, false), (2, 'mail', 3, 1, 1, false)"
    expected = [(1, "mail", True), (1, "phone", False), (2, "mail", False)]
    assert rows_of(LATEST, rows=rows) == expected


REFUSED = """
with people as (select unnest([1, 2, 3, 4]) as profile_id),
latest as (
    select * from (values (1, 'a', true), (2, 'a', false), (3, 'b', true), (4, 'b', false)) as t(profile_id, objective, consented)
),
{{ refused_profiles(objectives) }}
final as (select * from refused)
select * from final order by all
"""


@pytest.mark.parametrize(
    ("objectives", "expected"),
    [
        ({"a": "opt_in"}, [(2, "refused"), (3, "never_asked"), (4, "refused")]),
        ({"b": "opt_out"}, [(4, "refused")]),
        ({"a": "opt_in", "b": "opt_in"}, [(2, "refused"), (4, "refused")]),
        ({"a": "opt_in", "b": "opt_out"}, [(4, "refused")]),
    ],
)
def test_one_consent_is_enough_or_no_refusal_of_what_is_opt_out(
    objectives: dict[str, str], expected: list[tuple[int, str]]
) -> None:
    stated = [Objective(name=name, consent=consent) for name, consent in objectives.items()]
    assert rows_of(REFUSED, objectives=stated) == expected
