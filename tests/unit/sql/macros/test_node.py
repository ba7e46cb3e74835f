"""An identifier value, or a profile, as a node of the graph of identities (P1)."""

from tests.unit.sql.expression import values_of


def test_no_value_is_no_node_and_values_of_two_identifiers_are_two() -> None:
    given = "select * from (values ('email', 'a'), ('phone', 'a'), ('email', 'b'), ('email', null), ('email', 'a')) as t(kind, value)"
    email, phone, other, none, again = values_of("{{ node('kind', 'value') }}", given)
    assert none is None
    assert email == again
    assert len({email, phone, other}) == 3
