"""A polluted line is read as its clean form or set aside; no file falls for it (R1, R2, R7)."""

import pytest

from tests.functional.pollutions import CLEAN, Pollution, pollutions
from tests.unit.stage.readings import read_records

ALL = list(pollutions())


@pytest.mark.parametrize("item", ALL, ids=[item.name for item in ALL])
def test_a_polluted_line_is_read_as_its_clean_form_or_set_aside(item: Pollution) -> None:
    reading = read_records(item.data, **item.stated)
    columns = [name.lower() for name in reading.staged.header]
    # SQL trims values: tests/unit/sql/read/test_lines.py.
    rows = [[value.strip(" \t") for value in values] for values in reading.values]
    read = [dict(zip(columns, values, strict=True)) for values in rows]
    sent = CLEAN.keys() if item.sent is None else item.sent
    assert {row["id"]: (row["name"], row["city"], row["amount"]) for row in read if row["id"]} == {
        key: (name, city or "", amount)
        for key, (name, city, amount) in {**CLEAN, **item.instead}.items()
        if key in sent and key not in item.lost
    }
    assert len(reading.rejects) == len(item.lost) + item.strange


def test_names_of_pollutions_are_unique() -> None:
    assert len({item.name for item in ALL}) == len(ALL)
