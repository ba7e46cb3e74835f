"""The last values of columns that nobody names."""

from tests.unit.sql.expression import rows_of


def test_each_other_column_has_its_last_value() -> None:
    sql = (
        "with given(id, number, a, b) as (values (1, 1, 'x', 'y'), (1, 2, 'z', null))"
        " select id, {{ last_of_columns(['id', 'number'], 'number') }} from given group by id"
    )
    assert rows_of(sql) == [(1, "z", "y")]
