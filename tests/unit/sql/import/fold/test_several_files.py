"""Profiles that several main files of a batch give something to, or retract it from (P8)."""

from tests.unit.sql.goals import KEYED, STRATEGIES

APPLIED = "profile_id | origin | row_order\np1 | 1:2 | 0\np1 | 1:3 | 1\np2 | 1:4 | 2\np2 | 2:2 | 3"


def test_profile_with_rows_of_one_file_is_not_among_them() -> None:
    expected = "profile_id | last_file\np2 | 2"
    STRATEGIES.late.expect("several_files", {"applied_rows": APPLIED}, expected)


def test_file_that_ends_a_row_counts() -> None:
    KEYED.late.expect(
        "several_files",
        {
            "applied_rows": APPLIED,
            "row_changes": "profile_id | file_id | sign\np1 | 3 | -1\np3 | 3 | -1",
        },
        "profile_id | last_file\np1 | 3\np2 | 2",
    )
