"""Summed lines that begin or end to count in a file of the batch (P8, R9)."""

from tests.unit.sql.goals import KEYED, SHARED_LINES, STRATEGIES

SEVERAL = "profile_id | last_file\np1 | 3"


def test_line_that_nothing_can_replace_begins_with_its_file() -> None:
    STRATEGIES.late.expect(
        "line_changes",
        {
            "several_files": SEVERAL,
            "new_sums": """
            sources | line_hash | profile_id | properties | amounts | origin
            rows    | 20        | p1         | total      | [1]     | 2:2
            rows    | 21        | p2         | total      | [1]     | 2:3
            """,
            "runner.sums": """
            goal      | sources | line_hash | profile_id | amounts
            shop.rows | rows    | 20        | p1         | [1]
            """,
        },
        "profile_id | line_hash | file_id | sign\np1 | 20 | 2 | 1",
    )


def test_line_ends_where_another_file_has_its_key() -> None:
    KEYED.late.expect(
        "line_changes",
        {
            "several_files": SEVERAL,
            "file_rows": """
            profile_id | key_hash | row_hash | row_order | line_1 | is_in_force | first_file | file_id | next_file
            p1         | 5        | 10       | 0         | 20     | true        | 2          | 2       | 3
            p1         | 5        | 11       | 1         | 21     | true        | 2          | 3       |
            """,
            "row_changes": "profile_id | key_hash | file_id | sign\np1 | 5 | 2 | 1",
            "superseded_sums": """
            goal      | sources | line_hash | anchor_hash | profile_id | amounts
            shop.rows | rows    | 19        | 5           | p1         | [1]
            """,
            "new_sums": """
            sources | line_hash | anchor_hash | profile_id | amounts | origin
            rows    | 21        | 5           | p1         | [1]     | 3:2
            """,
            "runner.sums": """
            goal      | sources | line_hash | anchor_hash | profile_id | amounts
            shop.rows | rows    | 21        | 5           | p1         | [1]
            """,
        },
        """
        line_hash | file_id | sign
        19        | 2       | -1
        20        | 2       | 1
        20        | 3       | -1
        21        | 3       | 1
        """,
    )


def test_line_that_several_main_lines_share_begins_with_the_first_and_ends_with_the_last() -> None:
    held = """
    goal      | sources | line_hash | anchor_hash | profile_id | amounts
    shop.rows | people  | 20        | 5           | p1         | [1]
    shop.rows | people  | 20        | 6           | p1         | [1]
    """
    given = {
        "several_files": SEVERAL,
        "file_rows": """
        profile_id | key_hash | row_order | line_1 | is_in_force | first_file | file_id | next_file
        p1         | 5        | 0         | 20     | true        | 2          | 2       |
        p1         | 6        | 1         | 20     | true        | 3          | 3       |
        """,
        "row_changes": "profile_id | key_hash | file_id | sign\np1 | 5 | 2 | 1\np1 | 6 | 3 | 1",
        "new_sums": held.replace("goal     ", "properties").replace("shop.rows", "balance  "),
        "runner.sums": held,
    }
    SHARED_LINES.late.expect("line_changes", given, "line_hash | file_id | sign\n20 | 2 | 1")
