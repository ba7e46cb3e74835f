"""What the engine of a target cannot do yet is refused where it is declared."""

from pathlib import Path

import pytest

from runner.definitions.check_engine import check_engine
from runner.errors import DefinitionError
from tests.unit.definitions.small_project import project

SPARK = "engine: spark, remote: 'sc://a', warehouse: target/cluster"


def test_goals_are_refused_on_spark_by_name(tmp_path: Path) -> None:
    read = project(
        tmp_path, "runner_project.yml", "targets:\n", f"targets:\n  cluster: {{{SPARK}}}\n"
    )
    check_engine(read, read.file.targets["local"])
    with pytest.raises(DefinitionError) as raised:
        check_engine(read, read.file.targets["cluster"])
    assert [str(fault) for fault in raised.value.faults] == [
        "connections/shop.yml:6:11: `engine: spark` has no imports yet; docs/engines.md lists what it does",
        "connections/shop.yml:20:11: `engine: spark` has no exports yet; docs/engines.md lists what it does",
    ]
