"""Events of a batch, by what became of them."""

from tests.unit.sql.goals import ORDERS


def test_event_that_is_left_out_counts_once() -> None:
    ORDERS.expect(
        "event_1.event_counts",
        {
            "event_1.new_events": "event_id\nA\nB\nC",
            "event_1.changed_events": "event_id | is_created\nA | true\nB | false",
            "event_1.event_rows": "event_id | origin\nA | 1:2\nX | 1:3\nX | 1:4\n | 1:5\n | 1:6\n | 1:6",
        },
        "created | updated | unchanged | left_out\n1 | 1 | 1 | 3",
    )
