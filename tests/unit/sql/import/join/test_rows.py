"""Lines joined, processed and read (R3, R4, R5)."""

from tests.unit.sql.goals import ASKING, CHAINED, CHOOSING, FIRST, KEYED, LOCATED, REQUIRED

LINES = """
shift      | clean_origin | line_hash | rows.person | rows.amount | rows.status | rows.paid_at
4294967298 |              | 1         | 7           | 5           |             | 2024-01-31
4294967298 |              | 2         | 7           | 6           | test        | 2024-01-31
4294967298 |              | 3         | 8           | 7           |             | 2024-02-30
4294967298 |              | 4         |             | 8           |             |
4294967298 | 4294967400   | 5         | 7           | 9           |             | 2024-02-30
"""
PEOPLE = """
shift      | line_hash | people.id | people.email
8589934594 | 9         | 7         | ann
"""


def test_lines_are_joined_and_processed() -> None:
    """A required line that is missing, and a condition, leave a row out."""
    CHAINED.first.expect(
        "rows",
        {"lines.rows": LINES, "lines.people": PEOPLE},
        """
        main_row | origin | is_kept | row_of_people | key_1 | value_email
        0        | 1:2    | true    | 0             | ann   | ann
        1        | 1:3    | false   | 0             |       |
        2        | 1:4    | false   |               |       |
        3        | 1:5    | false   |               |       |
        4        | 1:104  | true    | 0             | ann   | ann
        """,
    )


def test_keys_without_a_partner_differ_by_their_value_alone() -> None:
    """R3: a line without a key has none to miss."""
    given = "line_hash | rows.person\n1 | 7\n2 | 8\n3 | 9\n4 | 9\n5 |"
    tables = {"lines.rows": given, "lines.people": PEOPLE}
    rows = CHAINED.first.workbench.rows("rows", tables, ("main_row", "missing_of_people"))
    found = {str(row): missing for row, missing in rows}
    assert found["0"] == found["4"]
    assert found["2"] == found["3"]
    assert len({*found.values()}) == 3


def test_condition_of_an_event_that_is_null_does_not_hold() -> None:
    CHOOSING.expect(
        "rows",
        {
            "lines.rows": "line_hash | rows.email | rows.status\n1 | a | paid\n2 | b | cancelled\n3 | c |"
        },
        "main_row | when_1\n0 | true\n1 | false\n2 | false",
    )


def test_each_line_that_fits_gives_a_row_in_the_order_of_the_main_lines() -> None:
    people = PEOPLE + "8589934594 | 8 | 7 | bob\n"
    line = "shift | line_hash | rows.person | rows.amount\n1 | 1 | 7 | 1\n1 | 2 | 7 | 2"
    CHAINED.first.expect(
        "rows",
        {"lines.rows": line, "lines.people": people},
        """
        main_row | row_of_people | key_1
        0        | 0             | ann
        0        | 1             | bob
        1        | 0             | ann
        1        | 1             | bob
        """,
    )


FIRST_LINES = """
shift | line_hash | rows.email | rows.phone | rows.name
1     | 7         | ann        | 1          | Ann
1     | 8         | bob        |            | Bob
"""
LEDGER = """
goal      | row_hash | profile_id | origin
shop.rows | 7        | p1         | 1:2
shop.none | 8        | p2         | 1:3
"""


def test_row_that_was_not_imported_before_is_read_from_its_lines() -> None:
    FIRST.expect(
        "rows",
        {
            "lines.rows": FIRST_LINES,
            "joined": """
            main_row | origin | row_order | row_hash | known_profile_id | known_origin
            0        | 1:2    | 0         | 7        | p1               | 1:2
            1        | 1:3    | 1         | 8        |                  |
            """,
        },
        """
        main_row | origin | row_order | row_hash | is_kept | key_1 | value_email
        1        | 1:3    | 1         | 8        | true    | bob   | bob
        """,
    )


def test_condition_is_read_from_the_lines_of_a_joined_row() -> None:
    joined = "main_row | row_hash | row_of_people\n{} | 7 | 0\n2 | 9 |"
    for line, expected in ((0, "true | ann"), (1, "false |")):
        CHAINED.expect(
            "rows",
            {"lines.rows": LINES, "lines.people": PEOPLE, "joined": joined.format(line)},
            f"row_hash | is_kept | key_1\n7 | {expected}\n9 | false |",
        )


def test_consent_of_a_row_that_was_imported_before_is_read() -> None:
    lines = "shift | line_hash | rows.email | rows.mail\n1 | 7 | ann | yes\n1 | 8 | bob | maybe"
    ASKING.expect(
        "rows",
        {"lines.rows": lines, "runner.rows": LEDGER},
        """
        is_kept | is_read | key_1 | value_consent.mail | rejected_consent.mail
        false   | true    |       | true               |
        true    | true    | bob   |                    | maybe
        """,
    )


def test_lines_of_one_key_have_one_hash_and_a_line_without_a_key_its_own() -> None:
    lines = """
    shift | line_hash | rows.number | rows.email | rows.amount
    1     | 7         | 5           | ann        | 1
    1     | 8         | 5           | ann        | 2
    1     | 9         |             | ann        | 3
    """
    rows = KEYED.first.workbench.rows("rows", {"lines.rows": lines}, ("key_hash", "line_1"))
    (one, line), (other, _), (keyless, _) = rows
    assert one == other
    assert (line, keyless) == ("7", "9")


def test_equal_lines_differ_by_their_occurrence_and_location() -> None:
    """R10"""
    lines = """
    shift      | line_hash | rows._file | rows.email | rows.amount
    4294967298 | 7         | a.csv      | ann        | 2
    4294967298 | 7         | a.csv      | ann        | 2
    8589934594 | 7         | b.csv      | ann        | 2
    """
    columns = ("line_occurrence", "key_hash", "row_hash", "line_1")
    rows = LOCATED.first.workbench.rows("rows", {"lines.rows": lines}, columns)
    assert [row[0] for row in rows] == ["1", "2", "1"]
    for column in (1, 2, 3):
        assert len({row[column] for row in rows}) == 3


def test_row_whose_required_line_is_gone_is_another_row() -> None:
    """R9: else it would be known, and its line would keep what it gave."""

    def row_hash(order: str) -> object:
        lines = {
            "lines.rows": "line_hash | rows.order | rows.email | rows.amount\n1 | 7 | ann | 5",
            "lines.open": f"line_hash | open.id\n9 | {order}",
        }
        return REQUIRED.first.workbench.rows("rows", lines, ("row_hash",))

    assert row_hash("7") != row_hash("8")
