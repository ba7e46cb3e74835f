"""Lines of which all rows are looked at, whosever they are."""

from tests.unit.sql.goals import KEYED

JOINED = """
main_row | key_hash | row_hash | known_profile_id
0        | 5        | 10       | p1
1        | 6        | 11       | p2
"""
KEYS = """
goal      | key_hash | row_hash
shop.rows | 5        | 10
shop.rows | 6        | 11
shop.rows | 5        | 12
"""


def changing(expected: str, joined: str = JOINED, **more: str) -> None:
    given = {"joined": joined, "runner.keys": KEYS, **more}
    KEYED.expect("changing_lines", given, f"key_hash\n{expected}")


def test_no_line_where_nothing_changes() -> None:
    changing("")


def test_line_of_a_new_row_of_an_absent_one_and_of_a_changing_profile() -> None:
    changing("6", rows="key_hash\n6")
    changing("5", absent_rows="row_hash\n12")
    changing("6", changing_profiles="profile_id\np2\np3")


def test_line_whose_key_two_lines_have() -> None:
    changing("5", JOINED + "2 | 5 | 12 | p3\n")
