"""Lines with summed properties that were not counted before (R3, P5)."""

from tests.unit.sql.goals import KEYED


def test_line_counts_once_however_many_rows_it_gave() -> None:
    """The values are those of its first row; the line alone and with its price are apart."""
    KEYED.expect(
        "new_sums",
        {
            "applied_rows": """
            profile_id | main_row | origin | row_order | line_1 | anchor_1 | line_2 | anchor_2 | value_total | value_worth
            p1         | 0        | 1:2    | 0         | 20     | 5        | 30     | 5        | 10          | 20
            p2         | 0        | 1:2    | 1         | 20     | 5        | 31     | 5        | 99          | 30
            p1         | 1        | 1:3    | 2         | 21     | 6        | 32     | 6        | 7           |
            p1         | 2        | 1:4    | 3         | 22     | 7        | 33     | 7        | 8           | 8
            """,
            "last_rows": "main_row\n0\n1",
            "runner.sums": """
            goal      | sources     | line_hash | profile_id
            shop.rows | rows        | 21        | p1
            shop.none | rows        | 20        | p1
            shop.rows | prices+rows | 20        | p1
            """,
        },
        """
        goal      | sources     | line_hash | anchor_hash | profile_id | properties | amounts         | origin
        shop.rows | rows        | 20        | 5           | p1         | total      | [10.0000000000] | 1:2
        shop.rows | prices+rows | 30        | 5           | p1         | worth      | [20.0000000000] | 1:2
        shop.rows | prices+rows | 31        | 5           | p2         | worth      | [30.0000000000] | 1:2
        """,
    )
