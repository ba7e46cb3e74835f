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


def test_what_no_test_holds_on_spark_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "words.py").write_text("def f(rows):\n    return rows\n")
    step = "process: [{python: words:f, from: [people.name], into: [short]}]"
    assert refused(tmp_path, "identify: {by", f"{step}\n    identify: {{by") == [
        "connections/shop.yml:11:5: `engine: spark` does not know `python` steps"
    ]
