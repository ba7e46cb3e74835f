"""The first lines of an exported file."""

from tests.unit.sql.rendering import template_rows


def test_first_rows_are_those_of_the_file() -> None:
    found = template_rows(
        "inspect",
        "first_exported_rows",
        columns="word",
        select="select * from (values (2, 'b'), (1, 'a'), (3, 'c')) as t(key, word)",
        order="key",
        rows=2,
    )
    assert found == [("a",), ("b",)]
