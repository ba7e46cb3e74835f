"""Lines that were sent get the key of today (X5)."""

from hashlib import md5

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
RECORDED = """
profile_id | content_hash | partner_key | key_names    | names         | texts
p1         | h1           |             |              |               |
p2         | h2           |             |              | [EMAIL]       | [rob]
p3         | old          |             |              |               |
p4         | h4           | k4          | [EMAIL]      |               |
p9         | h9           | k9          | [LOUD, EMAIL] | [LOUD, EMAIL] | [EVE, eve]
"""


def given(*exported: str) -> dict[str, str]:
    return {
        "exported": "\n".join(["key | content_hash | EMAIL | LOUD", *exported]),
        "recorded": RECORDED,
    }


def test_key_is_what_was_sent_and_never_what_the_profile_has_now() -> None:
    """A line that would be sent again as it is says what was sent."""
    export_bench(GOAL.replace("KEY", "")).expect(
        "rekeyed",
        given("p1 | h1 | ann | ANN", "p2 | new | bob | BOB", "p3 | h3 | cas | CAS"),
        """
        profile_id | content_hash | key_names | names         | texts
        p1         | h1           | [EMAIL]   | [EMAIL]       | [ann]
        p2         | h2           | [EMAIL]   | [EMAIL]       | [rob]
        p3         | old          | [EMAIL]   |               |
        p4         | h4           | [EMAIL]   |               |
        p9         | h9           | [EMAIL]   | [EMAIL]       | [eve]
        """,
    )


def test_key_without_its_texts_stays_and_one_that_is_not_known_is_null() -> None:
    keys = {"p1": "ann", "p2": "rob", "p9": "eve"}
    hashes = {key: md5(f'["{text}"]'.encode()).hexdigest() for key, text in keys.items()}
    export_bench(GOAL.replace("KEY", "")).expect(
        "rekeyed",
        given("p1 | h1 | ann | ANN"),
        f"""
        profile_id | partner_key
        p1         | {hashes["p1"]}
        p2         | {hashes["p2"]}
        p3         |
        p4         | k4
        p9         | {hashes["p9"]}
        """,
    )


def test_declared_key_is_taken_in_its_order_and_whole() -> None:
    export_bench(GOAL.replace("KEY", "key: [LOUD, EMAIL]\n")).expect(
        "rekeyed",
        given("p1 | h1 | ann | ANN"),
        """
        profile_id | key_names     | names         | texts
        p1         | [LOUD, EMAIL] | [EMAIL, LOUD] | [ann, ANN]
        p2         | [LOUD, EMAIL] | [EMAIL]       | [rob]
        p3         | [LOUD, EMAIL] |               |
        p4         | [LOUD, EMAIL] |               |
        p9         | [LOUD, EMAIL] | [EMAIL, LOUD] | [eve, EVE]
        """,
    )
