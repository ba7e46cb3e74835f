"""Lines that were sent get the key of today (X5)."""

from tests.unit.sql.export_bench import export_bench

GOAL = """
kind: export_profiles
segment: vip
changes: added_changed_removed
file_name: '{change}.csv'
columns:
  - {header: EMAIL, property: email}
  - {header: LOUD, expression: upper(name)}
  - {header: VISITS, property: visits}
KEY"""
GIVEN = {
    "main.profiles": "profile_id | email | name | visits\np1 | ann | Ann | 3\np2 | bob | Bob | 1\np3 | |  |",
    "recorded": """
    profile_id | content_hash | names | texts
    p1         | h1           |       |
    p2         | h2           | [EMAIL] | [rob]
    p3         | h3           |       |
    p9         | h9           |       |
    """,
}


def test_key_is_what_was_sent_else_what_the_profile_has_now() -> None:
    """A profile without a key, and one that is gone, have their id as the key."""
    export_bench(GOAL.replace("KEY", "")).expect(
        "rekeyed",
        GIVEN,
        """
        profile_id | content_hash | key_names | names   | texts
        p1         | h1           | [EMAIL]   | [EMAIL] | [ann]
        p2         | h2           | [EMAIL]   | [EMAIL] | [rob]
        p3         | h3           | [EMAIL]   | [EMAIL] | [NULL]
        p9         | h9           | [EMAIL]   | [EMAIL] | [NULL]
        """,
    )


def test_declared_key_is_taken_in_its_order() -> None:
    export_bench(GOAL.replace("KEY", "key: [LOUD, EMAIL]\n")).expect(
        "rekeyed",
        GIVEN,
        """
        profile_id | key_names     | names         | texts
        p1         | [LOUD, EMAIL] | [EMAIL, LOUD] | [ann, ANN]
        p2         | [LOUD, EMAIL] | [EMAIL, LOUD] | [rob, BOB]
        p3         | [LOUD, EMAIL] | [EMAIL, LOUD] | [NULL, NULL]
        p9         | [LOUD, EMAIL] | [EMAIL, LOUD] | [NULL, NULL]
        """,
    )
