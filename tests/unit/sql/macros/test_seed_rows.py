"""The rows of a seed."""

from tests.unit.sql.expression import empty_workspace, query_rows


def rows(columns, types, values):
    return query_rows(empty_workspace().library.macro("seed_rows")(columns, types, values))


def test_texts_become_the_types_of_columns() -> None:
    found = rows(["n", "it's"], ["bigint", "string"], [["1", "a'b"], [None, "c"]])
    assert found == [(1, "a'b"), (None, "c")]


def test_seed_without_rows_has_none() -> None:
    assert rows(["n"], ["bigint"], []) == []
