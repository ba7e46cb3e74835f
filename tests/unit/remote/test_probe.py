"""Probing a folder; SFTP is a functional test."""

from pathlib import Path

import pytest
from fsspec.implementations.memory import MemoryFileSystem

from runner.remote import RemoteSettings
from runner.remote.probe import Probe, ProbeStep, probe


def probed(root: Path) -> Probe:
    settings = RemoteSettings(name="webshop", kind="local", path=str(root))
    return probe(settings, [("out", False), ("in", True), ("", True)])


def test_folder_that_works_is_ok_and_left_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "in").mkdir()
    found = probed(tmp_path)
    assert found.is_ok
    assert found.steps == (
        ProbeStep("reach", "ok", f"local {tmp_path}"),
        ProbeStep("list out", "ok", "0 files"),
        ProbeStep("list in", "ok", "0 files"),
        ProbeStep("write in", "ok", "a file was written and removed"),
        ProbeStep("list .", "ok", "0 files"),
        ProbeStep("write .", "ok", "a file was written and removed"),
    )
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["in", "out"]


def test_folder_that_is_missing_leaves_the_rest_untried(tmp_path: Path) -> None:
    found = probed(tmp_path / "none")
    assert not found.is_ok
    assert [step.status for step in found.steps] == ["failed", *["not tried"] * 5]
    assert "does not exist" in found.steps[0].message


def test_one_directory_that_fails_does_not_hide_the_others(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    statuses = [step.status for step in probed(tmp_path).steps]
    assert statuses == ["ok", "ok", "failed", "failed", "ok", "ok"]


def test_failure_is_reported_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    attempts: list[str] = []

    def fail(_: object, path: str, **options: object) -> None:
        attempts.append(path)
        raise ConnectionResetError("gone")

    monkeypatch.setattr(MemoryFileSystem, "ls", fail)
    settings = RemoteSettings(name="webshop", kind="memory", path="/drop", backoff=60)
    found = probe(settings, [("out", False)])
    assert [step.status for step in found.steps] == ["ok", "failed"]
    assert attempts == ["/drop/out"]
