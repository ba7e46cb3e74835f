"""Values that do not parse, in the file and line that they stand in (R6)."""

from tests.unit.sql.goals import ASKING, CHAINED, FIRST, TWO_CARDS

FILES = "file_id | goal | path\n1 | shop.rows | rows_1.csv\n2 | shop.rows | rows_2.csv"


def test_value_is_listed_once_however_many_rows_its_line_gave() -> None:
    CHAINED.expect(
        "new_rejects",
        {
            "runner.files": FILES,
            "applied_rows": """
            origin | outcome  | rejected_amount | rejected_paid_at
            1:2    | created  | x               |
            1:2    | updated  | x               |
            2:5    | updated  |                 | 31-12-2024
            2:6    | repeated | y               |
            """,
        },
        """
        goal      | build_id   | file       | line | column_name | property | reason         | value
        shop.rows | 20240501-1 | rows_1.csv | 2    | rows.amount | amount   | not an integer | x
        shop.rows | 20240501-1 | rows_2.csv | 5    | rows.paid_at | paid_at | not a date     | 31-12-2024
        """,
    )


def test_consent_is_listed_though_its_row_is_not_applied() -> None:
    ASKING.expect(
        "new_rejects",
        {
            "runner.files": FILES,
            "rows": "origin | rejected_consent.mail\n1:2 | maybe\n1:3 | no idea\n1:4 | hm",
            "permitted": "row_id | outcome\n0 | no_consent\n1 | filtered\n2 | updated",
        },
        "line | property | value\n2 | consent.mail | maybe\n4 | consent.mail | hm",
    )


def test_damaged_identifier_is_listed_though_its_row_is_not_applied() -> None:
    FIRST.expect(
        "new_rejects",
        {
            "runner.files": FILES,
            "rows": """
            origin | is_kept | rejected_email | rejected_phone
            1:2    | true    | #N/A           |
            1:3    | true    |                | 3.16E+10
            1:4    | false   | #REF!          |
            """,
        },
        """
        line | column_name | property | reason                  | value
        2    | rows.email  | email    | spreadsheet error       | #N/A
        3    | rows.phone  | phone    | number in exponent form | 3.16E+10
        """,
    )


def test_each_column_by_which_profiles_are_found_is_listed_also_of_unmatched_rows() -> None:
    """P2, R6: of a type as well, and where another column fills the property."""
    TWO_CARDS.expect(
        "new_rejects",
        {
            "runner.files": FILES,
            "rows": """
            origin | is_kept | rejected_card | rejected_card.by.2 | rejected_born | rejected_born.by.5
            1:2    | true    | #N/A          | 3E+10              |               | x
            1:3    | true    |               |                    | 31-31-60      |
            """,
        },
        """
        line | column_name   | property | reason                  | value
        2    | rows.card     | card     | spreadsheet error       | #N/A
        2    | rows.old_card | card     | number in exponent form | 3E+10
        2    | rows.birthday | born     | not a date              | x
        3    | rows.born     | born     | not a date              | 31-31-60
        """,
    )
