"""A hash of a list."""

from tests.unit.sql.expression import values_of


def test_other_lists_have_other_hashes() -> None:
    given = "from (values (['a', 'b']), (['ab']), (['b', 'a']), (['a', 'b']), (null)) as t(items)"
    first, *others, same, none = values_of("{{ list_hash('items') }}", given)
    assert same == first
    assert first not in others
    assert len(first) == 32
    assert none is None
