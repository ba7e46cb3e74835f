"""The columns of a relation, some left out or replaced."""

import pytest

from tests.unit.sql.expression import rows_of


@pytest.mark.parametrize(
    ("but", "replaced", "expected"),
    [
        ((), {}, (1, 2, 3)),
        (["b"], {}, (1, 3)),
        ((), {"b": "a + 4", "c": "0"}, (1, 5, 0)),
        (["a"], {"b": "a + 4"}, (5, 3)),
    ],
)
def test_columns_stay_in_their_order(but, replaced, expected) -> None:
    sql = (
        "with given as (select 1 as a, 2 as b, 3 as c)"
        " select {{ all_columns('given', but, replaced) }} from given"
    )
    assert rows_of(sql, but=but, replaced=replaced) == [expected]
