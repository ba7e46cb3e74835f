"""Lines whose event is left out."""

from tests.unit.sql.goals import ORDERS


def test_line_is_listed_with_what_its_event_lacks() -> None:
    """A time that did not parse is listed among the values."""
    ORDERS.expect(
        "event_1.event_rejects",
        {
            "runner.files": "file_id | path\n1 | rows_1.csv",
            "event_1.new_events": "event_id\nB",
            "event_1.event_rows": """
            event_id | profile_id | rejected_at | origin | is_new
            A        |            |             | 1:2    | true
            A        |            |             | 1:2    | true
            B        |            |             | 1:3    | true
            C        | p1         |             | 1:4    | true
            C        | p1         |             | 1:5    | false
            D        | p1         | oops        | 1:6    | true
            """,
        },
        """
        file       | line | column_name | property | reason     | value
        rows_1.csv | 2    |             | order    | no_profile |
        rows_1.csv | 4    | rows.at     | order.at | no_time    |
        """,
    )
