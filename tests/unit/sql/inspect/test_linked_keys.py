"""The keys by which lines above join."""

from runner.compile.expression import Expression
from runner.compile.link import LinkKey
from runner.errors import Location
from tests.unit.sql.expression import query_rows
from tests.unit.sql.rendering import template_rows

AT = Location("shop.yml", 1, 1)
KEY = LinkKey(Expression("number", AT, is_column=True), Expression("upper(id)", AT))


def test_each_key_comes_once_and_one_more_than_are_looked_for() -> None:
    query_rows(
        "create or replace temp table above as"
        " select * from (values ('a'), ('A'), (null), (''), ('b'), ('c'), ('d')) as t(id)"
    )
    found = template_rows("inspect", "linked_keys", key=KEY, above="above", most=2)
    query_rows("drop table above")
    assert found == [("A",), ("B",), ("C",)]
