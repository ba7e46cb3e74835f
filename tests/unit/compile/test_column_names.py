"""How messages list the names of columns."""

import pytest

from runner.compile.column_names import listed_names


def test_of_many_names_the_first_are_listed_and_long_ones_are_cut() -> None:
    told = listed_names([f"c{number}" for number in range(1400)])
    assert told.endswith("c38, c39 and 1,360 more")
    assert listed_names(["a" * 2_000_000, "b"]) == f"{'a' * 59}…, b"


@pytest.mark.parametrize(
    ("header", "told"),
    [
        (["<!DOCTYPE html>"], "<!DOCTYPE html> (that is an HTML page, not a table)"),
        (["<HTML lang='en'>"], "<HTML lang='en'> (that is an HTML page, not a table)"),
        (['<?xml version="1.0"?>'], '<?xml version="1.0"?> (that is XML, not a table)'),
        (['[{"name": "Jane"'], '[{"xxxx": "Xxxx" (that is JSON, not a table)'),
        (["id", "name\n1,Jane"], "id, xxxx\n9,Xxxx"),
        (["id;name"], "id;name (that is one column: is `separator` right?)"),
    ],
)
def test_files_of_another_kind_are_named(header: list[str], told: str) -> None:
    assert listed_names(header) == told
