"""The row that counts of the lines of one `key`."""

from tests.unit.sql.goals import KEYED


def test_last_line_of_a_key_counts_and_is_in_force_where_it_gives_something() -> None:
    KEYED.expect(
        "last_rows",
        {
            "rows": """
            main_row | key_hash | row_hash | line_1
            0        | 5        | 10       | 20
            1        | 6        | 11       | 21
            2        | 5        | 12       | 22
            3        | 7        | 13       | 23
            3        | 7        | 14       | 23
            """,
            "links": """
            row_id | profile_id | outcome
            0      | p1         | created
            1      | p1         | unchanged
            2      |            | filtered
            3      | p2         | duplicate
            4      |            | unmatched
            """,
        },
        """
        main_row | key_hash | row_hash | profile_id | line_1 | is_in_force
        1        | 6        | 11       | p1         | 21     | true
        2        | 5        | 12       |            | 22     | false
        3        | 7        | 13       | p2         | 23     | true
        3        | 7        | 14       |            | 23     | false
        """,
    )
