"""When the lines of a goal first said something (C1)."""

from tests.unit.sql.goals import ASKING, ASKING_CHAINED

FILES = """
file_id | goal      | source | path | modified_at
1       | shop.rows | rows   | dump.csv | 2024-01-01
2       | shop.rows | rows   | stop.csv | 2024-01-02
3       | shop.rows | rows   | dump.csv | 2024-01-03
"""


def expect(said: str, held: str, periods: str, files: str = FILES) -> None:
    """Expect the periods of p1, with the times of January and the lines of `files`."""
    statements = "profile_id | objective | consented | stated_at | origin | row_order | line_hash\n"
    for row in filter(None, map(str.strip, said.splitlines())):
        consented, day, origin, line = row.split()
        statements += f"p1 | mail | {consented} | 2024-01-{day} | {origin} | 0 | {line}\n"
    consent = (
        "goal | profile_id | objective | consented | stated_at | origin | line_hash |"
        " confirmed_at | confirmed_origin | confirmed_hash\n"
    )
    for row in filter(None, map(str.strip, held.splitlines())):
        consented, day, origin, line, last_day, last_origin, last_line = row.split()
        consent += f"shop.rows | p1 | mail | {consented} | 2024-01-{day} | {origin} | {line} |"
        consent += f" 2024-01-{last_day} | {last_origin} | {last_line}\n"
    expected = "consented | stated_at | confirmed_at | line_hash | confirmed_hash\n"
    for row in filter(None, map(str.strip, periods.splitlines())):
        consented, day, last_day, line, last_line = row.split()
        expected += f"{consented} | 2024-01-{day} 00:00:00 | 2024-01-{last_day} 00:00:00 |"
        expected += f" {line} | {last_line}\n"
    given = {"runner.files": files, "statements": statements, "runner.consent": consent}
    ASKING.expect("consent_periods", given, expected)


def test_line_in_a_later_version_of_its_file_is_no_new_statement() -> None:
    """Also where another file said otherwise meanwhile."""
    expect(
        "true 03 3:2 7",
        """
        true  01 1:2 7 01 1:2 7
        false 02 2:2 8 02 2:2 8
        """,
        """
        true  01 03 7 7
        false 02 02 8 8
        """,
    )


def test_line_that_replaces_one_which_said_the_same_is_no_new_statement() -> None:
    expect("true 03 3:2 9", "true 01 1:2 7 01 1:2 7", "true 01 03 7 9")


def test_line_that_says_otherwise_or_more_often_is_a_new_statement() -> None:
    expect("false 03 3:2 9", "true 01 1:2 7 01 1:2 7", "true 01 01 7 7\nfalse 03 03 9 9")
    expect(
        """
        true 03 3:2 7
        true 03 3:3 9
        """,
        "true 01 1:2 7 01 1:2 7",
        "true 01 03 7 7\ntrue 03 03 9 9",
    )


def test_line_in_another_file_is_a_new_statement_after_another_one_alone() -> None:
    files = FILES + "4 | shop.rows | rows | again.csv | 2024-01-04\n"
    held = "true 01 1:2 7 01 1:2 7"
    expect("true 04 4:2 7", held, "true 01 04 7 7", files)
    expect("true 04 4:2 9", held, "true 01 01 7 7\ntrue 04 04 9 9", files)
    held += "\nfalse 02 2:2 8 02 2:2 8"
    expected = """
    true  01 01 7 7
    false 02 02 8 8
    true  04 04 7 7
    """
    expect("true 04 4:2 7", held, expected, files)


def test_late_file_splits_what_different_files_said() -> None:
    files = (
        FILES
        + "4 | shop.rows | rows | again.csv | 2024-01-04\n5 | shop.rows | rows | late.csv | 2024-01-02\n"
    )
    files += "6 | shop.rows | rows | dump.csv | 2024-01-01\n7 | shop.rows | rows | again.csv | 2024-01-04\n"
    said = """
    true  01 6:2 7
    false 02 5:2 8
    true  04 7:2 7
    """
    expected = """
    true  01 04 7 7
    false 02 02 8 8
    true  04 04 7 7
    """
    expect(said, "true 01 1:2 7 04 4:2 7", expected, files)


def test_line_that_replaces_one_which_was_gone_is_new_but_in_a_chained_file() -> None:
    files = """
    file_id | goal      | source | path | modified_at
    1       | shop.rows | rows   | dump.csv | 2024-01-01
    2       | shop.rows | rows   | dump.csv | 2024-01-02
    3       | shop.rows | rows   | dump.csv | 2024-01-03
    """
    held = "true 01 1:2 7 01 1:2 7"
    expect("true 03 3:2 9", held, "true 01 01 7 7\ntrue 03 03 9 9", files)
    ASKING_CHAINED.expect(
        "consent_periods",
        {
            "runner.files": files.replace("| rows ", "| people "),
            "statements": """
            profile_id | objective | consented | stated_at  | origin | line_hash
            p1         | mail      | true      | 2024-01-03 | 3:2    | 9
            """,
            "runner.consent": """
            goal      | profile_id | objective | consented | stated_at  | origin | line_hash | confirmed_at | confirmed_origin | confirmed_hash
            shop.rows | p1         | mail      | true      | 2024-01-01 | 1:2    | 7         | 2024-01-01   | 1:2              | 7
            """,
        },
        "stated_at | confirmed_at\n2024-01-01 00:00:00 | 2024-01-03 00:00:00",
    )


def test_statements_of_each_person_are_apart_and_those_of_other_goals_do_not_count() -> None:
    ASKING.expect(
        "consent_periods",
        {
            "statements": """
            profile_id | objective | consented | stated_at  | origin | row_order
            p1         | mail      | true      | 2024-01-05 | 3:2    | 0
            p1         | mail      | false     | 2024-01-03 | 2:2    | 0
            p2         | mail      | true      | 2024-01-01 | 1:9    | 0
            p3         | mail      | true      | 2024-01-01 | 1:4    | 0
            p4         | mail      | false     | 2024-01-01 | 1:5    | 0
            """,
            "runner.consent": """
            goal      | profile_id | objective | consented | stated_at  | origin | confirmed_at | confirmed_origin
            shop.rows | p1         | mail      | true      | 2024-01-01 | 1:2    | 2024-01-04   | 2:9
            shop.none | p2         | mail      | false     | 2024-01-02 | 1:3    | 2024-01-02   | 1:3
            shop.rows | p5         | mail      | true      | 2024-01-01 | 1:7    | 2024-01-01   | 1:7
            """,
        },
        """
        goal      | profile_id | consented | stated_at           | origin | confirmed_at        | confirmed_origin
        shop.rows | p1         | true      | 2024-01-01 00:00:00 | 1:2    | 2024-01-04 00:00:00 | 2:9
        shop.rows | p1         | false     | 2024-01-03 00:00:00 | 2:2    | 2024-01-03 00:00:00 | 2:2
        shop.rows | p1         | true      | 2024-01-05 00:00:00 | 3:2    | 2024-01-05 00:00:00 | 3:2
        shop.rows | p2         | true      | 2024-01-01 00:00:00 | 1:9    | 2024-01-01 00:00:00 | 1:9
        shop.rows | p3         | true      | 2024-01-01 00:00:00 | 1:4    | 2024-01-01 00:00:00 | 1:4
        shop.rows | p4         | false     | 2024-01-01 00:00:00 | 1:5    | 2024-01-01 00:00:00 | 1:5
        """,
    )


def test_statements_are_ordered_by_time_then_line_then_row() -> None:
    """A later import may bring an earlier file."""
    ASKING.expect(
        "consent_periods",
        {
            "statements": """
            profile_id | objective | consented | stated_at  | origin | row_order
            p1         | mail      | true      | 2024-01-02 | 1:2    | 0
            p1         | mail      | false     | 2024-01-01 | 2:2    | 0
            p1         | mail      | true      | 2024-01-01 | 2:1    | 9
            """,
        },
        """
        consented | stated_at           | confirmed_origin
        true      | 2024-01-01 00:00:00 | 2:1
        false     | 2024-01-01 00:00:00 | 2:2
        true      | 2024-01-02 00:00:00 | 1:2
        """,
    )
