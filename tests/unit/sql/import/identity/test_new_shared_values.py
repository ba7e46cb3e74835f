"""Values of a guarded identifier that several customers share (P2)."""

import hashlib
from uuid import UUID

from tests.unit.sql.goals import GUARDED
from tests.unit.sql.table import profile_id


def node(kind: str, value: str) -> str:
    """Return the node of an identifier's value, or of a profile."""
    return str(UUID(hashlib.md5(f'["{kind}","{value}"]'.encode()).hexdigest()))


def given(*emails: str) -> dict[str, str]:
    rows = "\n".join(f"{number} | {email} | 1 | |" for number, email in enumerate(emails))
    return {"identities": f"identity_id | key_1 | key_2 | profile_1 | profile_2\n{rows}"}


def customers(*emails: str) -> str:
    return ", ".join(sorted(node("email", email) for email in emails))


def test_value_of_one_customer_is_shared_by_nobody() -> None:
    GUARDED.expect("new_shared_values", given("ann", "ann"), "value")


def test_first_of_those_about_to_share_a_value_is_not_in_the_list() -> None:
    last = max(node("email", "ann"), node("email", "bob"))
    GUARDED.expect(
        "new_shared_values",
        given("ann", "bob"),
        f"""
        identifier | value | is_junk | customers
        phone      | 1     | false   | [{last}]
        """,
    )


def test_value_of_more_customers_than_may_share_it_is_junk() -> None:
    GUARDED.expect(
        "new_shared_values",
        given("ann", "bob", "cas"),
        f"""
        value | is_junk | customers
        1     | true    | [{customers("ann", "bob", "cas")}]
        """,
    )


def test_customers_of_earlier_builds_count() -> None:
    before = f"identifier | value | customer\nphone | 1 | p9\nphone | 1 | {node('email', 'ann')}"
    GUARDED.expect(
        "new_shared_values",
        {**given("ann", "bob"), "runner.shared": before},
        f"value | is_junk | customers\n1 | true | [{customers('bob')}]",
    )
    GUARDED.expect(
        "new_shared_values",
        {**given("ann"), "runner.shared": before},
        "value | is_junk | customers\n1 | false | []",
    )


def test_profile_that_has_the_value_counts_as_one_customer() -> None:
    identities = """
    identity_id | key_1 | key_2 | profile_1 | profile_2
    1           | ann   | 1     | p1        | p1
    2           | bob   | 1     |           | p1
    """
    owner, own = node("", profile_id(1)), node("email", "ann")
    GUARDED.expect(
        "new_shared_values",
        {
            "identities": identities,
            "components": f"node | component\n{owner} | {own}\n{own} | {own}",
        },
        f"value | is_junk | customers\n1 | false | [{customers('bob')}]",
    )
