"""Whether a list has all items of another one."""

from tests.unit.sql.expression import values_of


def test_list_has_all_items_of_another() -> None:
    pairs = "(['a', 'b'], ['b']), (['a'], ['a', 'b']), (['a'], []), (null, ['a'])"
    given = f"from (values {pairs}) as t(items, others)"
    assert values_of("{{ has_all_items('items', 'others') }}", given) == [True, False, True, None]
