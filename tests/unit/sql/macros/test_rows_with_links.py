"""Rows, each with what was found of it."""

from tests.unit.sql.expression import rows_of


def test_each_row_has_the_columns_of_both_whatever_their_order() -> None:
    rows_of("create or replace temp table given as select unnest(['a', 'b', 'c']) as one")
    rows_of(
        "create or replace temp table linked as select * from (values (2, 'z'), (0, 'x')) v(row_id, two)"
    )
    found = rows_of(
        "select rows_read.one, links.two from {{ rows_with_links('given', 'linked') }} order by 1"
    )
    assert found == [("a", "x"), ("c", "z")]
