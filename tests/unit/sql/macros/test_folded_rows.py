"""Rows of a profile folded: those of chained lines once per line (R8)."""

from tests.unit.sql.workbench import Goal

GOAL = Goal(
    """\
    files:
      rows: 'rows_*.csv'
      people: {path: people.csv, join: {id: rows.person}}
    identify: {by: [{email: rows.email}]}
    map:
      size: rows.size
      city: people.city
      phone: {from: people.phone, strategy: set_if_empty}
      age: {from: people.age, strategy: set_or_clear}
      seen: {from: people.seen, strategy: set, latest_by: rows.at}
    """,
    "email: {identifier: true}\nsize: integer\ncity: text\nphone: text\nage: integer\nseen: text\n",
    {"rows": "email person size at", "people": "id city phone age seen"},
)
ROWS = """
profile_id | outcome | origin | row_order | row_of_people | value_size | value_seen.latest_by
p1         | created | 1:2    | 0         | 0             | 1          | 9
p1         | updated | 1:3    | 1         | 1             | 2          | 5
p1         | updated | 1:4    | 2         | 0             |            | 7
p2         | created | 1:5    | 3         |               | 4          |
"""
PEOPLE = """
row_of_people | value_city | value_phone | value_age | rejected_age | value_seen
0             | Delft      |             |           |              | home
1             | Breda      | 1           | 8         |              | shop
              |            |             |           |              |
"""


def test_last_line_of_the_last_row_is_set_and_the_first_fills_what_is_empty() -> None:
    GOAL.expect(
        "changed_profiles",
        {"applied_rows": ROWS, "values.1": PEOPLE},
        """
        profile_id | size | city  | phone | age | seen
        p1         | 2    | Delft | 1     |     | home
        p2         | 4    |       |       |     |
        """,
    )


def test_text_that_did_not_parse_clears_nothing() -> None:
    """R6"""
    people = PEOPLE.replace(
        "0             | Delft      |             |           |  ", "0 | Delft | | | x"
    )
    GOAL.expect(
        "changed_profiles",
        {"applied_rows": ROWS, "values.1": people},
        "profile_id | age\np1 | 8\np2 |",
    )
