"""A profile as a node of the graph of identities (P1)."""

from tests.unit.sql.expression import values_of


def test_profile_is_a_node_of_its_own() -> None:
    given = "select unnest(['a', 'b', null]) as value"
    first, second, absent = values_of("{{ profile_node('value') }}", given)
    assert first != second
    assert first == values_of("{{ node(\"''\", 'value') }}", "select 'a' as value")[0]
    assert absent is None
