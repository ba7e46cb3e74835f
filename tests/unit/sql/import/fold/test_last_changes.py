"""The last file of a batch that changes a profile (P8)."""

from tests.unit.sql.goals import KEYED


def test_last_file_that_changes_any_value_counts() -> None:
    KEYED.late.expect(
        "last_changes",
        {
            "several_files": "profile_id | last_file\np1 | 4\np2 | 4\np3 | 4",
            "value_changes": "profile_id | file_id\np1 | 1",
            "sum_changes": "profile_id | file_id\np1 | 2\np2 | 3",
            "list_changes": "profile_id | file_id\np1 | 3",
        },
        "profile_id | file_id\np1 | 3\np2 | 3\np3 |",
    )
