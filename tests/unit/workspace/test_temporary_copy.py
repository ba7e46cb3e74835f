"""A temporary copy of a workspace shares what is only read, and nothing that is written on."""

import fcntl
import os
from pathlib import Path

import pytest

from runner.history.history import History
from runner.workspace.temporary_copy import (
    PREFIX,
    USED,
    abandoned_copies,
    temporary_copy,
)
from runner.workspace.workspace import Workspace, open_workspace


def earlier_file(copy: Workspace) -> Path:
    return copy.generated / "earlier" / copy.local_state.name


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "runner_project.yml").write_text("name: shop\n")
    (tmp_path / "models").mkdir()
    (tmp_path / "models/properties.yml").write_text("properties: {id: {identifier: true}}\n")
    (tmp_path / "connections").mkdir()
    (tmp_path / "connections/shop.yml").write_text("connection: shop\ntype: local\npath: drop\n")
    found = open_workspace(tmp_path)
    for path, text in (
        (found.local_state, "warehouse"),
        (found.staging / "ab" / ("ab" * 32), "id\n1\n"),
        (found.staging / "ab" / "half.x.part", "id"),
        (found.staging / "arrivals.jsonl", "{}\n"),
        (found.sent / "shop.vip.parquet", "rows"),
        (found.sent / "shop.vip.files", "{}\n"),
        (found.sent / "shop.vip.parquet.next", "unfinished"),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    History(found.history).close()
    return found


def test_copy_is_all_that_a_build_reads_and_goes_away(workspace: Workspace) -> None:
    with temporary_copy(workspace) as copy:
        folder = copy.generated
        assert folder.parent == workspace.generated
        assert copy.local_state.read_text() == earlier_file(copy).read_text() == "warehouse"
        assert copy.history.stat().st_ino != workspace.history.stat().st_ino
        staged = [path.name for path in copy.staging.rglob("*") if path.is_file()]
        assert sorted(staged) == ["ab" * 32, "arrivals.jsonl"]
        assert sorted(path.name for path in copy.sent.iterdir()) == [
            "shop.vip.files",
            "shop.vip.parquet",
        ]
    assert not folder.exists()


def test_what_is_written_to_the_copy_stays_in_it(workspace: Workspace) -> None:
    blob = f"ab/{'ab' * 32}"
    with temporary_copy(workspace) as copy:
        for path in (copy.staging / "arrivals.jsonl", copy.sent / "shop.vip.files"):
            with path.open("a") as file:
                file.write("more\n")
        copy.local_state.with_name("next").write_text("next")
        copy.local_state.with_name("next").replace(copy.local_state)
        assert (copy.staging / blob).stat().st_ino == (workspace.staging / blob).stat().st_ino
        (copy.staging / blob).unlink()
        assert earlier_file(copy).read_text() == "warehouse"
    assert workspace.local_state.read_text() == "warehouse"
    assert (workspace.staging / blob).read_text() == "id\n1\n"
    assert (workspace.staging / "arrivals.jsonl").read_text() == "{}\n"
    assert (workspace.sent / "shop.vip.files").read_text() == "{}\n"


def test_file_system_without_second_names_gets_copies(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", refuse)
    with temporary_copy(workspace) as copy:
        assert copy.local_state.read_text() == "warehouse"
        assert copy.local_state.stat().st_ino != workspace.local_state.stat().st_ino


def test_copy_of_a_killed_process_is_removed_and_one_in_use_stays(workspace: Workspace) -> None:
    dead, alive = (workspace.generated / f"{PREFIX}{name}" for name in ("dead", "alive"))
    for folder in (dead, alive):
        folder.mkdir()
        (folder / USED).touch()
    with (alive / USED).open() as used:
        fcntl.flock(used, fcntl.LOCK_EX)
        assert abandoned_copies(workspace) == [dead]
        with temporary_copy(workspace) as copy:
            assert copy.generated not in abandoned_copies(workspace)
    assert (dead.exists(), alive.exists()) == (False, True)
