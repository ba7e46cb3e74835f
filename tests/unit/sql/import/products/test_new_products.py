"""Products of a feed as its rows give them (E4)."""

from tests.unit.sql.goals import FEED


def test_each_detail_has_its_last_value_and_an_empty_one_leaves_what_was_there() -> None:
    FEED.expect(
        "new_products",
        {
            "rows": """
            row_order | origin | is_kept | value_id | value_name | value_price
            0         | 1:2    | true    | a        | Apple      | 1
            1         | 1:3    | true    | a        |            | 2
            2         | 1:4    | false   | a        | None       | 9
            3         | 1:5    | true    | b        | Book       |
            4         | 1:6    | true    | c        | Cup        |
            5         | 1:7    | true    | ''       | Nameless   |
            6         | 1:8    | true    |          | Nameless   |
            """,
            "runner.product_feed": """
            goal      | id | name | price
            shop.rows | b  | Book | 5
            shop.rows | c  | Mug  | 3
            shop.none | a  | Pear | 4
            """,
        },
        """
        goal      | id | origin | name  | price        | batch.first_order | batch.is_created | batch.is_changed
        shop.rows | a  | 1:3    | Apple | 2.0000000000 | 0           | true       | true
        shop.rows | b  | 1:5    | Book  | 5.0000000000 | 3           | false      | false
        shop.rows | c  | 1:6    | Cup   | 3.0000000000 | 4           | false      | true
        """,
    )
