"""Joined rows, whether imported before or not (R3, R5)."""

from tests.unit.sql.goals import CHAINED, FIRST, KEYED

LINES = """
shift      | line_hash | rows.email
4294967298 | 7         | ann
4294967298 | 8         | bob
"""
LEDGER = """
goal      | row_hash | profile_id | origin
shop.rows | 7        | p1         | 1:2
shop.none | 8        | p2         | 1:3
"""


def test_row_that_was_imported_before_has_its_profile_and_origin() -> None:
    FIRST.expect(
        "joined",
        {"lines.rows": LINES, "runner.rows": LEDGER},
        """
        main_row | origin | row_hash | known_profile_id | known_origin
        0        | 1:2    | 7        | p1               | 1:2
        1        | 1:3    | 8        |                  |
        """,
    )


def test_lines_of_a_chained_source_make_a_row_each() -> None:
    CHAINED.expect(
        "joined",
        {
            "lines.rows": "line_hash | rows.person\n1 | 7\n2 | 8",
            "lines.people": "line_hash | people.id\n5 | 7\n6 | 7",
        },
        "main_row | row_of_people\n0 | 0\n0 | 1\n1 |",
    )


def test_lines_of_one_key_have_one_hash() -> None:
    lines = "line_hash | rows.number | rows.amount\n7 | 5 | 1\n8 | 5 | 2\n9 | 6 | 2"
    rows = KEYED.workbench.rows("joined", {"lines.rows": lines}, ("key_hash", "line_1"))
    (one, line), (other, _), (another, _) = rows
    assert one == other != another
    assert line == "7"
