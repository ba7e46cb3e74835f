"""What the engine of a target cannot do yet is refused where it is declared."""

from pathlib import Path

import pytest

from runner.definitions.check_engine import check_engine
from runner.errors import DefinitionError
from tests.unit.definitions.small_project import project

SPARK = "engine: spark, remote: 'sc://a', warehouse: target/cluster"


def refused(folder: Path, old: str, new: str) -> list[str]:
    read = project(folder, "connections/shop.yml", old, new)
    target = read.file.targets["local"].with_changes(engine="spark")
    check_engine(read, read.file.targets["local"])
    with pytest.raises(DefinitionError) as raised:
        check_engine(read, target)
    return [str(fault).partition(" yet")[0] for fault in raised.value.faults]


ALWAYS = [
    "runner_project.yml:3:1: `engine: spark` does not know `objectives`",
]


def test_what_no_test_holds_on_spark_is_refused_by_name(tmp_path: Path) -> None:
    assert refused(tmp_path, "path: drop", "path: drop") == ALWAYS


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("identify: {by", "max_change: 10%\n    identify: {by", "11:5: `engine: spark` does not know `max_change`"),
        ("{by: [{email: people.email}]}", "{by: [{email: people.email}], on_conflict: merge}", "11:58: `engine: spark` does not know `on_conflict: merge`"),
    ],
)  # fmt: skip
def test_parts_of_imports_are_refused_at_their_lines(
    tmp_path: Path, old: str, new: str, what: str
) -> None:
    found = refused(tmp_path, old, new)
    assert f"connections/shop.yml:{what}" in found
    assert len(found) == 2
