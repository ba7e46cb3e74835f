"""Lines of each source, those used, and keys without a partner."""

from tests.unit.sql.goals import CHAINED


def test_line_that_gives_several_rows_is_used_once() -> None:
    CHAINED.expect(
        "source_counts",
        {
            "lines.rows": "rows.person\n1\n2\n3\n4\n5",
            "lines.people": "people.id\n1\n1\n5",
            "joined": """
            main_row | row_of_people | missing_of_people
            0        | 0          |
            0        | 1          |
            1        |            | 7
            2        |            | 7
            3        |            | 8
            4        |            |
            """,
        },
        """
        source | line_count | used_count | missing_count | source_number
        rows   | 5          | 5          | 0             | 1
        people | 3          | 2          | 2             | 2
        """,
        is_ordered=True,
    )
