"""Events of a batch as they are now (E1)."""

from tests.unit.sql.goals import ORDERS


def test_properties_are_those_of_the_last_file_and_what_is_not_filled_stays() -> None:
    ORDERS.expect(
        "event_1.new_events",
        {
            "event_1.event_rows": """
            event_id | profile_id | occurred_at | file_id | origin | row_order | value_order.coupon
            A        | p1         | 2024-01-01  | 1       | 1:2    | 0         | X
            A        | p2         | 2024-01-02  | 2       | 2:2    | 1         | Y
            A        |            |             | 2       | 2:3    | 2         |
            B        | p1         | 2024-01-01  | 1       | 1:3    | 3         | Z
            B        | p1         | 2024-01-01  | 2       | 2:4    | 4         |
            C        |            | 2024-01-01  | 1       | 1:4    | 5         | W
            D        | p1         |             | 1       | 1:5    | 6         | W
                     | p1         | 2024-01-01  | 1       | 1:6    | 7         | W
            """,
            "main.events_order": """
            event_id | profile_id | occurred_at | coupon | affiliation
            B        | p9         | 2023-01-01  | old    | web
            D        | p9         | 2023-01-01  | old    | web
            """,
        },
        """
        event_id | profile_id | occurred_at         | coupon | affiliation | batch.last_file | batch.last_origin
        A        | p2         | 2024-01-02 00:00:00 | Y      |             | 2         | 2:3
        B        | p1         | 2024-01-01 00:00:00 |        | web         | 2         | 2:4
        D        | p1         | 2023-01-01 00:00:00 | W      | web         | 1         | 1:5
        """,
    )
