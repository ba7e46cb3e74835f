"""Dates after the time of their file, where years have two digits (R12)."""

from tests.unit.sql.goals import TWO_CARDS
from tests.unit.sql.workbench import Goal

SHORT = Goal(
    """\
    files:
      rows: 'rows_*.csv'
      people: {path: people.csv, join: {id: rows.person}}
    format: {date_format: "%d-%m-%y", datetime_format: "%Y-%m-%d %H:%M"}
    identify: {by: [{email: rows.email}]}
    map: {born: people.born, paid_on: rows.paid_on, count: rows.count}
    """,
    "email: {identifier: true}\nborn: date\npaid_on: date\ncount: integer\n",
    {"rows": "person email paid_on count", "people": "id born"},
)


def test_values_after_the_file_of_their_line_are_counted() -> None:
    SHORT.expect(
        "late_dates",
        {
            "runner.files": """
            file_id | modified_at
            1       | 2024-05-01 10:00:00
            2       | 2022-01-01 10:00:00
            """,
            "lines.people": "clean_origin\n2:2\n2:3",
            "applied_rows": """
            origin | outcome  | row_of_people | value_paid_on
            1:2    | created  | 0             | 2024-04-30
            1:3    | updated  | 1             | 2024-05-02
            1:4    | updated  | 0             |
            1:5    | repeated | 0             | 2030-01-01
            """,
            "values.1": """
            row_of_people | value_born
            0             | 2058-03-01
            1             | 1958-03-01
            """,
        },
        """
        property | late_count
        born     | 2
        paid_on  | 1
        """,
    )


def test_dates_by_which_profiles_are_found_count() -> None:
    TWO_CARDS.expect(
        "late_dates",
        {
            "runner.files": "file_id | modified_at\n1 | 2024-05-01 10:00:00",
            "rows": """
            origin | is_kept | value_born | value_born.by.5
            1:2    | true    | 2060-01-01 | 1961-01-01
            1:3    | true    | 1960-01-01 | 2061-01-01
            1:4    | false   | 2060-01-01 |
            """,
        },
        "property | late_count\nborn | 1\nborn | 1",
    )
