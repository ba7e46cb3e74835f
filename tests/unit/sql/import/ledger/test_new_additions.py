"""What a goal adds for the first time (P5)."""

from tests.unit.sql.goals import KEYED, LISTS, STRATEGIES


def test_values_that_the_goal_added_before_are_left_out() -> None:
    STRATEGIES.expect(
        "new_additions",
        {
            "added_values.added": "profile_id | items\np1 | [a, b]\np2 | [a]\np3 | [c]",
            "runner.additions": """
            goal      | property | profile_id | items
            shop.rows | added    | p1         | [a]
            shop.rows | added    | p2         | [a]
            shop.none | added    | p3         | [c]
            shop.rows | other    | p1         | [b]
            """,
        },
        """
        goal      | property | row_hash | profile_id | items
        shop.rows | added    |          | p1         | [b]
        shop.rows | added    |          | p3         | [c]
        """,
    )


def test_rows_with_a_key_are_kept_one_by_one() -> None:
    KEYED.expect(
        "new_additions",
        {
            "applied_rows": """
            profile_id | main_row | row_hash | value_tags
            p1         | 0        | 10       | a
            p1         | 1        | 11       | a/b
            p1         | 2        | 12       | c
            p1         | 3        | 13       |
            """,
            "last_rows": "main_row\n1\n2\n3",
            "runner.additions": """
            goal      | property | profile_id | row_hash | items
            shop.rows | tags     | p1         | 12       | [c]
            """,
        },
        "property | row_hash | profile_id | items\ntags | 11 | p1 | [a, b]",
    )


def test_equal_rows_add_what_their_lines_hold_once() -> None:
    LISTS.expect(
        "new_additions",
        {
            "applied_rows": """
            profile_id | outcome   | row_hash | row_of_shops | value_tags
            p1         | created   | 10       | 0            | a
            p1         | duplicate | 10       | 0            | a
            p1         | repeated  | 11       | 1            | b/c
            p1         | repeated  | 11       | 1            | b/c
            p1         | updated   | 12       |              |
            """,
            "values.1": "row_of_shops | value_areas\n0 | x/y\n1 |\n |",
            "runner.additions": """
            goal      | property | row_hash | items
            shop.rows | areas    | 11       | [x]
            """,
        },
        """
        property | row_hash | items
        areas    | 10       | [x, y]
        tags     | 10       | [a]
        tags     | 11       | [b, c]
        """,
    )
