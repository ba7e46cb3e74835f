"""What was said last (C1)."""

import pytest

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


def test_refusal_counts_where_files_have_the_same_time() -> None:
    rows = f"(1, 'mail', 2, {2**32}, 1, false), (1, 'mail', 2, {2**33}, 1, true)"
    assert rows_of(LATEST, rows=rows) == [(1, "mail", False)]
