"""Values that by a decision belong to a profile with another value."""

from tests.unit.sql.goals import DECIDED


def test_values_without_a_profile_get_that_of_the_others() -> None:
    DECIDED.expect(
        "decided_identifiers",
        {"runner.identifiers": "identifier | value | profile_id\nemail | ann | p1\nemail | 2 | p2"},
        """
        identifier | value | profile_id
        phone      | 2     | p1
        phone      | 3     | p1
        """,
    )


def test_customer_whom_nobody_has_gets_no_values() -> None:
    DECIDED.expect("decided_identifiers", {}, "identifier | value | profile_id")
