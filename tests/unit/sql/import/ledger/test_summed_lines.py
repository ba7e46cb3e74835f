"""Lines with summed properties, and whom they count for (R3, R9)."""

from tests.unit.sql.goals import KEYED, STRATEGIES


def test_line_counts_once_however_many_rows_it_gave() -> None:
    """The profile is that of its first row; the line alone and with its price are apart."""
    KEYED.expect(
        "summed_lines",
        {
            "changed_lines": "key_hash\n5\n6",
            "last_rows": """
            key_hash | origin | row_order | profile_id | line_1 | line_2 | is_in_force
            5        | 1:2    | 0         | p1         | 20     | 30     | true
            5        | 1:2    | 1         | p2         | 20     | 31     | true
            6        | 1:3    | 2         | p1         | 21     | 32     | true
            6        | 1:3    | 3         | p1         | 22     | 33     | false
            7        | 1:4    | 4         | p1         | 23     | 34     | true
            """,
            "applied_rows": """
            profile_id | origin | row_order | line_1 | line_2 | value_total | value_worth
            p1         | 1:2    | 0         | 20     | 30     | 10          | 20
            p2         | 1:2    | 1         | 20     | 31     | 10          | 30
            p1         | 1:3    | 2         |        | 32     |             |
            """,
        },
        """
        sources     | line_hash | anchor_hash | profile_id | properties | amounts         | origin
        rows        | 20        | 5           | p1         | total      | [10.0000000000] | 1:2
        rows        | 21        | 6           | p1         | total      |                 | 1:3
        prices+rows | 30        | 5           | p1         | worth      | [20.0000000000] | 1:2
        prices+rows | 31        | 5           | p2         | worth      | [30.0000000000] | 1:2
        prices+rows | 32        | 6           | p1         | worth      |                 | 1:3
        """,
    )


def test_line_that_nothing_can_replace_has_no_anchor() -> None:
    STRATEGIES.expect(
        "summed_lines",
        {
            "applied_rows": """
            profile_id | origin | row_order | line_1 | value_total
            p1         | 1:3    | 1         | 20     | 2
            p2         | 1:2    | 0         | 20     | 2
            p1         | 1:4    | 2         | 21     |
            """,
        },
        """
        line_hash | anchor_hash | profile_id | amounts        | origin
        20        |             | p2         | [2.0000000000] | 1:2
        """,
    )


def test_first_import_reads_amounts_and_owners_of_the_applied_rows() -> None:
    """Of the lines with one key the last counts."""
    KEYED.first.expect(
        "summed_lines",
        {
            "last_rows": "main_row\n1\n2",
            "applied_rows": """
            profile_id | main_row | key_hash | origin | row_order | line_1 | line_2 | value_total | value_worth
            p1         | 0        | 5        | 1:2    | 0         | 20     | 30     | 10          | 20
            p1         | 1        | 5        | 1:3    | 1         | 21     | 31     | 11          | 22
            p2         | 1        | 5        | 1:3    | 2         | 21     | 32     | 11          |
            p1         | 2        | 6        | 1:4    | 3         | 21     | 31     | 11          | 22
            """,
        },
        """
        sources     | line_hash | anchor_hash | profile_id | amounts         | origin
        rows        | 21        | 5           | p1         | [11.0000000000] | 1:3
        rows        | 21        | 6           | p1         | [11.0000000000] | 1:4
        prices+rows | 31        | 5           | p1         | [22.0000000000] | 1:3
        prices+rows | 31        | 6           | p1         | [22.0000000000] | 1:4
        """,
    )
