"""Identifier values that belonged to no profile before (P1)."""

from tests.unit.sql.goals import APART, ASKING, FIRST, GUARDED, LIMITED, MERGE

IDENTITIES = """
identity_id | first_row_order | key_1 | key_2 | profile_1
1           | 0               | ann   | 1     | p1
2           | 1               | bob   |       |
3           | 2               | cas   | 3     |
"""
PEOPLE = "identity_id | profile_id\n1 | p1\n2 | p2\n3 |"


def test_values_of_rows_come_before_those_of_profiles() -> None:
    FIRST.expect(
        "new_identifiers",
        {
            "identities": IDENTITIES,
            "clusters": PEOPLE,
            "changed_profiles": """
            profile_id | email | phone
            p3         | dan   | 1
            p4         | dan   | 4
            p5         |       | 5
            """,
            "runner.identifiers": "identifier | value | profile_id\nphone | 5 | p9\nemail | 4 | p9",
        },
        """
        identifier | value | profile_id
        phone      | 1     | p1
        email      | bob   | p2
        email      | dan   | p3
        phone      | 4     | p4
        """,
    )


def test_value_of_a_late_row_comes_before_that_of_the_first_profile() -> None:
    FIRST.expect(
        "new_identifiers",
        {
            "identities": "identity_id | first_row_order | key_2\n1 | 50 | 1",
            "clusters": "identity_id | profile_id\n1 | p1",
            "changed_profiles": "profile_id | phone\np3 | 1",
        },
        "value | profile_id\n1 | p1",
    )


def test_first_row_with_a_value_has_it() -> None:
    identities = "identity_id | first_row_order | key_1 | key_2\n1 | 5 | ann | 1\n2 | 4 | bob | 1"
    MERGE.expect(
        "new_identifiers",
        {"identities": identities, "clusters": "identity_id | profile_id\n1 | p1\n2 | p2"},
        "identifier | value | profile_id\nemail | ann | p1\nemail | bob | p2\nphone | 1 | p2",
    )


def test_who_refused_gets_no_values() -> None:
    given = {"identities": IDENTITIES, "clusters": PEOPLE}
    refused = "profile_id | reason\np2 | refused"
    expected = "value | profile_id\n1 | p1\n"
    ASKING.expect("new_identifiers", given, expected + "bob | p2")
    ASKING.expect("new_identifiers", {**given, "refused": refused}, expected)


def test_profiles_get_neither_separate_values_nor_those_that_too_many_share() -> None:
    changed = "profile_id | email | phone\np3 | ann | 2"
    separated = "identifier | value\nemail | ann\nphone | 1"
    given = {"changed_profiles": changed, "separated": separated}
    APART.expect("new_identifiers", given, "value\n2")
    shared = "identifier | value | is_junk\nphone | 2 | {}"
    given = {"changed_profiles": changed, "new_shared_values": shared.format("true")}
    GUARDED.expect("new_identifiers", given, "value\nann")
    given["new_shared_values"] = shared.format("false")
    GUARDED.expect("new_identifiers", given, "value\nann\n2")


def test_profile_with_all_values_that_a_limit_allows_gets_no_other_from_its_property() -> None:
    """P9: also where a goal writes the property, and finds profiles by another."""
    known = "identifier | value | profile_id\ncid | 1 | p1\nemail | a | p1\nemail | b | p2"
    changed = "profile_id | cid | email\np1 | 3 | c\np2 | 2 | b"
    given = {"runner.identifiers": known, "changed_profiles": changed}
    LIMITED.expect("new_identifiers", given, "value | profile_id\n2 | p2\nc | p1")
