"""A number of its own for each row, wherever a CTE is read."""

from tests.unit.sql.expression import rows_of


def test_each_row_has_a_number_by_which_it_is_found_again() -> None:
    found = rows_of("""
        with given as (select 'b' as key union all select 'a' union all select 'c'),
        numbered as (select key, {{ number_of_row(['key']) }} as number from given)
        select key from numbered inner join numbered as other using (key, number) order by 1
    """)
    assert found == [("a",), ("b",), ("c",)]
