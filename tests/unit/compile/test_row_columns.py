"""Columns that runner adds to the joined row are unlike those of a goal."""

import pytest

from runner.compile.import_plan import unlike_mark


@pytest.mark.parametrize(
    ("names", "mark"),
    [
        ((), ""),
        (("total", "orders."), ""),
        (("Value_Total",), "_"),
        (("value_total", "_key_1"), "__"),
        (("line_items.",), "_"),
    ],
)
def test_mark_keeps_names_apart(names: tuple[str, ...], mark: str) -> None:
    assert unlike_mark(names) == mark
