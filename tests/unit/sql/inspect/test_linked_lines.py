"""The lines of a chained file with a key of the lines above it."""

from types import SimpleNamespace

from runner.compile.expression import Expression
from runner.compile.link import LinkKey
from runner.errors import Location
from tests.unit.sql.expression import query_rows
from tests.unit.sql.rendering import template_rows

AT = Location("shop.yml", 1, 1)
KEY = LinkKey(Expression("number", AT, is_column=True), Expression("upper(id)", AT))


def lines(values: str, *compared: tuple[LinkKey, str]) -> list[int]:
    query_rows(
        "create or replace temp table above as select * from (values ('a'), (null)) as t(id)"
    )
    query_rows(
        f"create or replace temp table keys as select * from (values {values}) as t(line, number)"
    )
    found = template_rows(
        "inspect",
        "linked_lines",
        file=SimpleNamespace(data_from=2),
        keys_read="keys",
        compared=compared,
    )
    query_rows("drop table above")
    query_rows("drop table keys")
    return [line for (line,) in found]


def test_lines_with_such_a_key_are_found_by_their_number_or_their_place() -> None:
    assert lines("(7, 'A'), (9, 'B'), (12, 'A'), (13, null)", (KEY, "above")) == [7, 12]
    assert lines("(null::int, 'B'), (null, 'A'), (null, null)", (KEY, "above")) == [4]


def test_every_line_is_taken_where_no_key_can_be_compared() -> None:
    assert lines("(null::int, 'B'), (null, 'A')") == [3, 4]
