"""Several values as one."""

from tests.unit.sql.expression import values_of


def test_values_have_their_names() -> None:
    expression = "{{ record({'it\\'s': 'a', 'b': 'a + 1'}) }}"
    assert values_of(expression, "select 1 as a") == [{"it's": 1, "b": 2}]
