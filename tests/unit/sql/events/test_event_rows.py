"""Joined rows that hold an event (E2)."""

from tests.unit.sql.goals import ASKING_ORDERS, BASKETS, CHOOSING, KEYED_ORDERS, ORDERS


def test_rows_imported_before_tell_too_and_filtered_ones_do_not() -> None:
    ORDERS.expect(
        "event_1.event_rows",
        {
            "rows": """
            main_row | row_order | origin | is_read | known_profile_id
            0        | 0         | 1:2    | true    |
            1        | 1         | 1:3    | true    | p2
            2        | 2         | 1:4    | false   |
            3        | 3         | 1:5    | true    |
            """,
            "lines.rows": """
            rows.number | rows.at    | rows.coupon
            A           | 2024-01-01 | X
            B           | 2024-01-02 |
            C           | 2024-01-03 |
            ''          |            |
            """,
            "links": """
            row_id | profile_id | outcome
            0      | p1         | created
            1      | p2         | unchanged
            2      | p1         | filtered
            3      | p1         | updated
            """,
        },
        """
        event_id | profile_id | occurred_at         | file_id | is_new | value_order.coupon
        A        | p1         | 2024-01-01 00:00:00 | 1       | true   | X
        B        | p2         | 2024-01-02 00:00:00 | 1       | false  |
                 | p1         |                     | 1       | true   |
        """,
    )


def test_rows_that_do_not_meet_the_condition_hold_no_event() -> None:
    CHOOSING.expect(
        "event_1.event_rows",
        {
            "rows": "main_row | is_read | when_1\n0 | true | true\n1 | true | false",
            "lines.rows": "rows.number\nA\nB",
            "links": "row_id | profile_id | outcome\n0 | p1 | created\n1 | p1 | updated",
        },
        "event_id\nA",
    )


def test_rows_of_who_refused_or_is_suppressed_hold_no_event() -> None:
    ASKING_ORDERS.expect(
        "event_1.event_rows",
        {
            "rows": "main_row | row_order | is_read\n0 | 0 | true\n1 | 1 | true\n2 | 2 | true",
            "lines.rows": "rows.number\nA\nB\nC",
            "permitted": """
            row_id | profile_id | outcome
            0      | p1         | updated
            1      | p1         | no_consent
            2      |            | suppressed
            """,
        },
        "event_id\nA",
    )


def test_event_without_an_id_is_known_by_its_profile_time_and_properties() -> None:
    given = {
        "rows": """
        main_row | is_read | event_profile_id
        0        | true    |
        1        | true    |
        2        | true    |
        3        | true    |
        4        | true    | p9
        5        | true    |
        6        | true    |
        """,
        "lines.rows": """
        rows.at    | rows.shop
        2024-01-01 | a
        2024-01-01 | a
        2024-01-01 | b
        2024-01-02 | a
        2024-01-01 | a
                   | a
        2024-01-01 | a
        """,
        "links": "row_id | profile_id\n0 | p1\n1 | p1\n2 | p1\n3 | p1\n4 | p1\n5 | p1\n6 |",
    }
    rows = BASKETS.workbench.rows("event_1.event_rows", given, ("event_id",))
    first, again, shop, day, other, timeless, nobody = [event for (event,) in rows]
    assert first == again
    assert len({first, shop, day, other}) == 4
    assert (timeless, nobody) == (None, None)


def test_of_the_lines_of_one_key_the_last_tells() -> None:
    KEYED_ORDERS.expect(
        "event_1.event_rows",
        {
            "rows": """
            main_row | is_read | key_hash
            0        | true    | 5
            1        | true    | 5
            """,
            "lines.rows": "rows.number\nA\nB",
            "links": "row_id | profile_id\n0 | p1\n1 | p1",
            "last_rows": "main_row\n1",
        },
        "event_id | key_hash\nB | 5",
    )
