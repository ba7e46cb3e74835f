"""Every fault in docs/servers.md is held by a test that exists."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROWS = re.findall(
    r"^\| (?!fault|-)(.+?) \| .+? \| `(.+?)::(\w+)` \|$",
    (ROOT / "docs/servers.md").read_text(encoding="utf-8"),
    re.MULTILINE,
)


@pytest.mark.parametrize(("fault", "file", "name"), ROWS, ids=[row[0] for row in ROWS])
def test_fault_is_held_by_a_test_that_exists(fault: str, file: str, name: str) -> None:
    assert f"def {name}(" in (ROOT / file).read_text(encoding="utf-8"), fault


def test_every_row_of_the_table_is_read() -> None:
    lines = (ROOT / "docs/servers.md").read_text(encoding="utf-8").splitlines()
    assert len(ROWS) == sum(line.startswith("| ") for line in lines) - 1 > 25
