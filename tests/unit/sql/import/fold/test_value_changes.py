"""Files that change a value which rows set (P8)."""

from tests.unit.sql.goals import ORDERED, STRATEGIES

SEVERAL = "profile_id | last_file\np1 | 3"


def test_file_that_sets_another_value_or_makes_the_profile_changes_it() -> None:
    rows = "profile_id | origin | row_order | value_set_\n"
    given = {
        "several_files": SEVERAL,
        "applied_rows": rows
        + "p1 | 1:2 | 0 |\np1 | 2:2 | 1 | a\np1 | 3:2 | 2 | a\np2 | 1:3 | 3 | b",
    }
    changes = "profile_id | file_id\n"
    STRATEGIES.late.expect("value_changes", given, changes + "p1 | 1\np1 | 2")
    given["main.profiles"] = "profile_id | set_\np1 | a"
    STRATEGIES.late.expect("value_changes", given, changes)


def test_row_of_an_earlier_time_changes_nothing() -> None:
    ORDERED.late.expect(
        "value_changes",
        {
            "several_files": SEVERAL,
            "applied_rows": """
            profile_id | origin | row_order | value_note | value_note.latest_by
            p1         | 1:2    | 0         | a          | 7
            p1         | 2:2    | 1         | b          | 6
            """,
            "main.profiles": "profile_id | note\np1 | c",
            "runner.latest": "goal | property | profile_id | latest\nshop.rows | note | p1 | 6",
        },
        "profile_id | file_id\np1 | 1",
    )
