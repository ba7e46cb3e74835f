"""The rows that count after each main file of a batch (P8)."""

from tests.unit.sql.goals import KEYED


def test_last_line_with_a_key_counts_until_the_next_file_that_has_the_key() -> None:
    KEYED.late.expect(
        "file_rows",
        {
            "rows": """
            main_row | row_order | key_hash | row_hash | origin
            0        | 0         | 5        | 10       | 2:2
            1        | 1         | 5        | 11       | 2:3
            2        | 2         | 6        | 12       | 3:2
            3        | 3         | 5        | 13       | 4:2
            """,
            "links": "row_id | profile_id | outcome\n0 | p1 | created\n1 | p1 | updated\n"
            "2 | p2 | unchanged\n3 | | filtered",
        },
        """
        key_hash | row_hash | profile_id | is_in_force | first_file | file_id | next_file
        5        | 11       | p1         | true        | 2          | 2       | 4
        6        | 12       | p2         | true        | 3          | 3       |
        5        | 13       |            | false       | 2          | 4       |
        """,
    )
