"""Lines that earlier versions of a replaced file gave something by (F9)."""

from tests.unit.sql.goals import KEYED, STRATEGIES

GIVEN = {
    "replaced_files": "file_id | path\n1 | a.csv\n3 | a.csv",
    "absent_rows": """
    row_hash | origin
    10       | 1:2
    12       | 2:2
    """,
}


def test_line_vanished_where_no_file_of_the_batch_has_it() -> None:
    STRATEGIES.expect(
        "replaced_lines",
        {**GIVEN, "joined": "row_hash\n11\n11\n14"},
        "path | key_hash | is_vanished\na.csv | 10 | true",
    )


def test_line_is_known_by_its_key_where_lines_are_tracked() -> None:
    KEYED.expect(
        "replaced_lines",
        {
            **GIVEN,
            "absent_rows": "row_hash | origin\n10 | 1:2\n11 | 3:3\n12 | 2:2",
            "runner.keys": """
            goal      | key_hash | row_hash
            shop.rows | 5        | 10
            shop.rows | 6        | 11
            shop.rows | 7        | 12
            shop.none | 8        | 10
            """,
            "joined": "key_hash | row_hash\n6 | 14",
        },
        "path | key_hash | is_vanished\na.csv | 5 | true\na.csv | 6 | false",
    )
