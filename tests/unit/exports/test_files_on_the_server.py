"""Files on the server: those that a goal wrote and no longer makes go, those of others stay (X7)."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from runner.errors import ExecutionError, RemoteError
from runner.remote import OnBytes, RemoteSettings
from runner.remote.local import LocalRemote
from tests.unit.exports.exports import (
    Export,
    MakeExport,
    compiled,
    export,
    export_project,
)

__all__ = ["export"]

COLUMNS = "columns: [{header: EMAIL, property: email}]\n"
PARTS = (
    "segment: vip\nfile_name: 'vip_{part}.csv'\nmax_rows_per_file: 2\ntrigger: '{name}.ok'\n"
    + COLUMNS
)
FIXED = "segment: vip\nfile_name: vip.csv\ntrigger: '{name}.ok'\n" + COLUMNS
DAILY = PARTS.replace("vip_{part}", "vip_{timestamp:%Y%m%d}_{part}")


def fill(goal: Export, people: int) -> None:
    goal.clear()
    for number in range(people):
        goal.add(number, email=f"{number}@acme.example")


def names(goal: Export) -> set[str]:
    return {path.name for path in goal.drop.iterdir()}


class RecordingRemote(LocalRemote):
    """A folder that notes what becomes of its files, and breaks at one path."""

    def __init__(self, folder: Path, breaks_at: str = "") -> None:
        super().__init__(RemoteSettings("shop", "local", path=str(folder)))
        self.asked: list[str] = []
        self.breaks_at = breaks_at

    def send(self, source: Path, path: str, on_bytes: OnBytes) -> None:
        if self.breaks_at and path.startswith(self.breaks_at):
            raise RemoteError("the connection broke")
        super().send(source, path, on_bytes)

    def rename(self, old: str, new: str) -> None:
        self.asked.append(f"place {new}")
        super().rename(old, new)

    def remove(self, path: str) -> None:
        self.asked.append(f"remove {path}")
        super().remove(path)


def test_parts_that_a_run_no_longer_makes_go_triggers_first_x7(export: MakeExport) -> None:
    goal = export(PARTS)
    fill(goal, 5)
    goal.run()
    assert names(goal) == {f"vip_{part}.csv{end}" for part in "123" for end in ("", ".ok")}
    fill(goal, 2)
    remote = RecordingRemote(goal.drop)
    ran = goal.run(remote=remote)
    assert names(goal) == {"vip_1.csv", "vip_1.csv.ok"}
    assert ran.message == "2 files of earlier builds removed from the server"
    assert remote.asked == [
        *("remove vip_1.csv.ok", "remove vip_2.csv.ok", "remove vip_3.csv.ok"),
        *("place vip_1.csv", "remove vip_2.csv", "remove vip_3.csv", "place vip_1.csv.ok"),
    ]
    assert (goal.run().message, names(goal)) == ("", {"vip_1.csv", "vip_1.csv.ok"})


def test_parts_of_a_build_that_fails_leave_all_earlier_ones_x2(export: MakeExport) -> None:
    goal = export(PARTS)
    fill(goal, 5)
    goal.run()
    before = {path.name: path.read_bytes() for path in goal.drop.iterdir()}
    goal.clear()
    for number in range(4):
        goal.add(number, email=f"other-{number}@acme.example")
    with pytest.raises(RemoteError):
        goal.run(remote=RecordingRemote(goal.drop, breaks_at="vip_2.csv"))
    assert {path.name: path.read_bytes() for path in goal.drop.iterdir()} == before


def test_names_of_another_day_stay_and_those_of_the_same_day_go(export: MakeExport) -> None:
    goal = export(DAILY)
    fill(goal, 3)
    goal.run(datetime(2024, 5, 1, 8, tzinfo=UTC))
    goal.run(datetime(2024, 5, 2, 8, tzinfo=UTC))
    fill(goal, 1)
    goal.run(datetime(2024, 5, 2, 9, tzinfo=UTC))
    files = ("20240501_1", "20240501_2", "20240502_1")
    assert names(goal) == {f"vip_{file}.csv{end}" for file in files for end in ("", ".ok")}


def test_file_of_another_name_or_directory_goes_when_the_definition_changed(
    export: MakeExport, tmp_path: Path
) -> None:
    goal = export(FIXED)
    fill(goal, 1)
    goal.run()
    changed = "directory: in\n" + FIXED.replace("vip.csv", "people.csv").replace(".ok", ".go")
    project = export_project(tmp_path / "later", changed)
    replace(goal, models=compiled(project)).run()
    assert names(goal) == {"in"}
    assert {path.name for path in (goal.drop / "in").iterdir()} == {"people.csv", "people.csv.go"}


def test_nobody_left_removes_the_file_and_nothing_changed_leaves_it(
    export: MakeExport, tmp_path: Path
) -> None:
    goal = export(FIXED + "when_empty: skip\n")
    fill(goal, 1)
    goal.run()
    fill(goal, 0)
    ran = goal.run()
    assert (ran.status, names(goal)) == ("skipped", set())
    project = export_project(tmp_path / "later", FIXED + "changes: changed\n")
    later = replace(goal, models=compiled(project))
    fill(later, 1)
    later.run()
    assert (later.run().status, names(later)) == ("unchanged", {"vip.csv", "vip.csv.ok"})


def test_earlier_file_that_somebody_changed_is_left_with_a_warning(export: MakeExport) -> None:
    goal = export(PARTS)
    fill(goal, 3)
    goal.run()
    (goal.drop / "vip_2.csv").write_text("theirs\n")
    fill(goal, 2)
    ran = goal.run()
    assert names(goal) == {"vip_1.csv", "vip_1.csv.ok", "vip_2.csv"}
    assert ran.warnings == (
        "'vip_2.csv' is of an earlier build, and was changed since: it is left as it is",
    )
    assert goal.run().warnings == ()


def same_size(goal: Export) -> None:
    """Change the file within the second in which it was written."""
    path = goal.drop / "vip.csv"
    found = path.stat()
    path.write_bytes(path.read_bytes().replace(b"acme", b"emca"))
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))


def directory(goal: Export) -> None:
    (goal.drop / "vip.csv").unlink(missing_ok=True)
    (goal.drop / "vip.csv").mkdir()


IN_THE_WAY: dict[str, tuple[Callable[[Export], object], str]] = {
    "the same header": (
        lambda goal: (goal.drop / "vip.csv").write_text("EMAIL\ntheirs@acme.example\n"),
        "vip.csv",
    ),
    "a trigger": (lambda goal: (goal.drop / "vip.csv.ok").write_text('{"file": 1}'), "vip.csv.ok"),
    "a directory": (directory, "vip.csv"),
}


@pytest.mark.parametrize("is_after_an_export", [False, True])
@pytest.mark.parametrize("case", IN_THE_WAY)
def test_file_of_somebody_else_is_refused_and_left_x7(
    export: MakeExport, case: str, is_after_an_export: bool
) -> None:
    goal = export(FIXED)
    fill(goal, 1)
    if is_after_an_export:
        goal.run()
    put, path = IN_THE_WAY[case]
    put(goal)
    found = goal.drop / path
    before = found.read_bytes() if found.is_file() else None
    fill(goal, 2)
    with pytest.raises(ExecutionError, match=f"'{path}' is") as refused:
        goal.run()
    assert "move it away" in refused.value.hint
    assert (found.read_bytes() if found.is_file() else None) == before


def test_our_file_that_was_changed_is_refused_and_replaced_once_where_asked(
    export: MakeExport,
) -> None:
    goal = export(FIXED)
    fill(goal, 1)
    goal.run()
    same_size(goal)
    with pytest.raises(ExecutionError, match="it was changed since this goal wrote it"):
        goal.run()
    goal.run(replace_files=True)
    assert goal.sent("vip.csv") == b"EMAIL\n0@acme.example\n"
    goal.run()


def test_our_file_with_another_time_is_ours_and_so_is_equal_content(export: MakeExport) -> None:
    """A copy from a backup has another time; `target/` may be lost."""
    goal = export(FIXED)
    fill(goal, 1)
    goal.run()
    os.utime(goal.drop / "vip.csv", (1_700_000_000, 1_700_000_000))
    fill(goal, 2)
    goal.run()
    (goal.folder / "sent/shop.vip.files").unlink()
    goal.run()
    (goal.folder / "sent/shop.vip.files").unlink()
    fill(goal, 3)
    with pytest.raises(ExecutionError, match="this goal did not write it"):
        goal.run()


def test_paths_that_an_older_runner_recorded_are_ours(export: MakeExport) -> None:
    goal = export(FIXED)
    (goal.folder / "sent").mkdir()
    (goal.folder / "sent/shop.vip.files").write_text("vip.csv\nvip.csv.ok\nother.csv\n")
    for name in ("vip.csv", "vip.csv.ok", "other.csv"):
        (goal.drop / name).write_text("ours\n")
    fill(goal, 1)
    goal.run()
    assert goal.sent("vip.csv") == b"EMAIL\n0@acme.example\n"
    assert (goal.drop / "other.csv").exists()


def test_temporary_files_of_killed_builds_are_found_by_their_names_b3(export: MakeExport) -> None:
    goal = replace(export(FIXED), build_id="20240501T233000000Z")
    fill(goal, 1)
    old = "20240430T233000000Z"
    fresh = f"{datetime.now(UTC) - timedelta(hours=1):%Y%m%dT%H%M%S}000Z"
    orphans = {f"vip.csv.{old}.part", f"vip.csv.ok.{old}.part", f"vip.csv.gz.{old}.part"}
    others = {f"vop.csv.{old}.part", "vip.csv.part", "vip.csv.20240502T233000000Z.part"}
    for name in (*orphans, *others):
        (goal.drop / name).write_text("half")
    goal.run()
    assert names(goal) == {"vip.csv", "vip.csv.ok", *others}
    now = replace(goal, build_id=f"{datetime.now(UTC):%Y%m%dT%H%M%S}000Z")
    (goal.drop / f"vip.csv.{fresh}.part").write_text("still coming")
    now.run()
    assert f"vip.csv.{fresh}.part" in names(goal)
    os.utime(goal.drop / f"vip.csv.{fresh}.part", (1_700_000_000, 1_700_000_000))
    now.run()
    assert f"vip.csv.{fresh}.part" not in names(goal)
