"""Profiles are folded in slices where memory is short, and it shows in nothing but the memory (P4)."""

import random
import shutil

import pytest
from click.testing import CliRunner

from runner.cli.main import main
from runner.engine.duckdb.warehouse import DuckDBWarehouse
from runner.imports import applying


@pytest.fixture
def filled(shop):
    shop.properties(
        "id: {identifier: true}\nlast: text\nfirst: text\nspent: decimal(18,2)\ntags: {multi: true}\n"
        "often: {multi: true}\ncleared: text\n"
    )
    shop.goals("""\
        - name: rows
          kind: import_profiles
          files: {rows: {path: "rows_*.csv"}}
          identify: {by: [{id: rows.id}]}
          map:
            last: rows.a
            first: {from: rows.a, strategy: set_if_empty}
            spent: {from: rows.n, strategy: sum}
            tags: {from: rows.a, strategy: add}
            often: {from: rows.b, strategy: remove}
            cleared: {from: rows.b, strategy: set_or_clear}
        """)
    dice = random.Random(1)
    for number in (1, 2):
        lines = [
            f"{dice.randrange(300)},{dice.choice('pqr')},{dice.choice(['', 's'])},{line}.25\n"
            for line in range(2_000)
        ]
        shop.drop(f"rows_{number}.csv", f"id,a,b,n\n{''.join(lines)}")
    return shop


def test_slices_give_the_same_profiles(filled, tmp_path, monkeypatch):
    shutil.copytree(filled.folder, tmp_path / "sliced")
    filled.build()
    whole = filled.profiles()
    assert len(whole) == 300
    slices = []
    run = DuckDBWarehouse.run_in_slices

    def noted(self, model, count):
        slices.append(count)
        run(self, model, count)

    monkeypatch.setattr(applying, "BYTES_PER_VALUE", 3_000_000)
    monkeypatch.setattr(DuckDBWarehouse, "run_in_slices", noted)
    text = (tmp_path / "sliced/runner_project.yml").read_text("utf-8")
    text = text.replace("threads: 1", "threads: 1, memory_limit: 4GB")
    (tmp_path / "sliced/runner_project.yml").write_text(text, "utf-8")
    ended = CliRunner().invoke(main, ["build", "--project-dir", str(tmp_path / "sliced")])
    assert ended.exit_code == 0, ended.output
    assert set(slices) == {6}
    filled.folder = tmp_path / "sliced"
    assert filled.profiles() == whole
