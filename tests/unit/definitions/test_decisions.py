"""Mistakes in `models/identity/decisions.csv` are reported at their line, without its values."""

from pathlib import Path

import pytest

from tests.unit.definitions.small_project import faults

PATH = "models/identity/decisions.csv"
COLUMNS = "identifier,value,decision,with_identifier,with_value\n"
SAME = "email,anna@x.nl,merge,card,c200\n"
MISTAKES = {
    "another separator": ("email;value\n", "1:1: unknown column. Did you mean 'value'?"),
    "missing column": ("identifier,value,decision\n", "1:1: the column `with_identifier` is missing"),
    "too few fields": (f"{COLUMNS}email,a,merge\n", "2:1: found 3 fields; the first line names 5"),
    "decision": (f"{COLUMNS}email,a,marge,card,b\n", "2:1: unknown decision 'marge'. Did you mean"),
    "identifier": (f"{COLUMNS}\nemial,a,merge,card,b\n", "3:1: there is no identifier 'emial'. Did you"),
    "no value": (f"{COLUMNS}email,a,merge,card,\n", "2:1: `with_value` is empty"),
    "one value twice": (f"{COLUMNS}email,a,merge,,a\n", "2:1: both sides are the same value"),
    "decided twice": (COLUMNS + 2 * SAME, "3:1: these two are decided already at models/identity"),
    "contradiction": (
        f"{COLUMNS}{SAME}card,c200,merge,,c3\nemail,anna@x.nl,separate,card,c3\n",
        "4:1: these two are one customer by the lines that say `merge`",
    ),
    "no CSV": (f'{COLUMNS}email,"a"b,merge,card,b\n', "2:1: the line is no CSV"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
def test_mistake_is_reported_at_its_line(tmp_path: Path, mistake: tuple[str, str]) -> None:
    text, expected = mistake
    (tmp_path / PATH).parent.mkdir(parents=True)
    (tmp_path / PATH).write_text(text, encoding="utf-8")
    found = faults(
        tmp_path,
        "models/properties.yml",
        "  name: text",
        "  name: text\n  card: {identifier: true}",
    )
    assert any(fault.startswith(f"{PATH}:{expected}") for fault in found), found
    assert not any("anna@x.nl" in fault for fault in found)
