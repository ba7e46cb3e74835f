"""Lines of each source, those used, and keys without a partner."""

from tests.unit.sql.goals import CHAINED


def test_line_that_gives_several_rows_is_used_once() -> None:
    CHAINED.expect(
        "source_counts",
        {
            "lines.rows": "rows.person\n1\n2\n3",
            "lines.people": "people.id\n1\n1\n5",
            "rows": """
            main_row | row_of_people | is_missing_people
            0        | 0          | false
            0        | 1          | false
            1        |            | true
            2        |            | false
            """,
        },
        """
        source | line_count | used_count | missing_count | source_number
        rows   | 3          | 3          | 0             | 1
        people | 3          | 2          | 1             | 2
        """,
        is_ordered=True,
    )
