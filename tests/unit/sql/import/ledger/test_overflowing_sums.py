"""New sums that their property has no room for (R11)."""

from tests.unit.sql.goals import KEYED


def test_amounts_are_kept_from_the_least_on_as_long_as_they_fit() -> None:
    most = 9223372036854775807
    KEYED.expect(
        "overflowing_sums",
        {
            "sum_totals": """
            profile_id | is_over_total | is_over_worth
            p1         | true          | false
            p2         | false         | false
            """,
            "earlier_totals": "profile_id | value_total\np1 | 9000000000000000000",
            "superseded_sums": """
            sources | line_hash | anchor_hash | profile_id | amounts
            rows    | 19        | 5           | p1         | [9000000000000000000]
            """,
            "new_sums": f"""
            goal      | sources     | line_hash | anchor_hash | profile_id | amounts
            shop.rows | rows        | 20        | 5           | p1         | [{most}]
            shop.rows | rows        | 21        | 6           | p1         | [7]
            shop.rows | prices+rows | 22        | 6           | p1         | [{most}]
            shop.rows | rows        | 23        | 7           | p2         | [{most}]
            """,
        },
        "sources | line_hash | anchor_hash | profile_id | amounts | item_numbers\n"
        "rows | 20 | 5 | p1 | [NULL] | [1]",
    )
