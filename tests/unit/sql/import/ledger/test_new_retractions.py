"""Lines that retract what earlier lines gave to a profile."""

from tests.unit.sql.goals import KEYED

COUNTED = {
    "superseded_keys": "goal | key_hash | row_hash\nshop.rows | 5 | 10\nshop.rows | 6 | 11",
    "runner.rows": "goal | row_hash | profile_id | origin\nshop.rows | 10 | p1 | 1:2\n"
    "shop.rows | 11 | p2 | 1:3",
}
ROWS = """
main_row | row_order | key_hash | row_hash | origin
0        | 0         | 5        | 10       | 2:2
1        | 1         | 5        | 12       | 3:2
2        | 2         | 5        | 13       | 4:2
3        | 3         | 6        | 14       | 4:3
"""


def test_first_line_that_replaces_another_retracts_what_it_gave() -> None:
    KEYED.expect(
        "new_retractions",
        {**COUNTED, "rows": ROWS},
        "goal | profile_id | origin\nshop.rows | p1 | 3:2\nshop.rows | p2 | 4:3",
    )


def test_line_retracts_what_one_of_an_earlier_file_of_the_batch_gave() -> None:
    """P8: as if each file came in a build of its own."""
    rows = """
    main_row | row_order | key_hash | row_hash | origin
    0        | 0         | 5        | 10       | 2:2
    1        | 1         | 5        | 11       | 2:3
    2        | 2         | 5        | 12       | 3:2
    """
    links = "row_id | profile_id | outcome\n0 | p1 | created\n1 | p2 | created\n2 | | filtered"
    KEYED.late.expect(
        "new_retractions",
        {"rows": rows, "links": links},
        "profile_id | origin\np2 | 3:2",
    )
