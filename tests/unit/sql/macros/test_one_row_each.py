"""One row of those with the same keys."""

from tests.unit.sql.expression import rows_of


def test_one_row_of_each_key_is_left() -> None:
    sql = (
        "with given(key, value) as (values (1, 'a'), (2, 'b'), (1, 'a'))"
        " select * from ({{ one_row_each('given', ['key']) }}) as one order by key"
    )
    assert rows_of(sql) == [(1, "a"), (2, "b")]
