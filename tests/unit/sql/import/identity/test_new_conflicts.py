"""Rows that lead to several profiles and are applied to none (P2)."""

from tests.unit.sql.goals import REJECT


def test_row_is_kept_with_its_identifiers_and_whom_each_finds() -> None:
    REJECT.expect(
        "new_conflicts",
        {
            "runner.files": "file_id | path\n1 | rows_1.csv",
            "rows": "origin | row_hash | key_1 | key_2\n1:2 | 10 | ann | 1\n1:3 | 11 | bob |",
            "links": "row_id | outcome\n0 | ambiguous\n1 | updated",
            "identities": """
            identity_id | key_1 | key_2 | profile_1 | profile_2
            1           | ann   | 1     | p1        | p2
            2           | bob   |       |           |
            """,
            "clusters": """
            identity_id | is_ambiguous | component_profiles
            1           | true         | [p1, p2]
            2           | false        | []
            """,
        },
        """
        goal      | file       | line | row_hash | identifiers | profiles
        shop.rows | rows_1.csv | 2    | 10       | [{'identifier': email, 'value': ann, 'profile_id': p1}, {'identifier': phone, 'value': 1, 'profile_id': p2}] | [p1, p2]
        """,
    )
