"""Keyrings that live as long as they are used."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from runner.errors import Location
from runner.pgp import keyring

HERE = Location(Path("connections/shop.yml"), 1, 1)


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where keyrings are made."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def left_behind(folder: Path, name: str) -> Path:
    """A keyring that a killed build left years ago."""
    left = folder / f"{keyring.PREFIX}{name}"
    left.mkdir()
    os.utime(left, (0, 0))
    return left


def test_keyring_is_gone_afterwards_and_with_it_those_of_killed_builds(temporary: Path) -> None:
    left_behind(temporary, "killed")
    with keyring.open_keyring(HERE) as opened:
        assert Path(opened.gpg.gnupghome).parent == temporary
    assert not list(temporary.iterdir())


def test_keyring_that_another_build_removes_meanwhile_is_no_fault(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = left_behind(temporary, "of_another")
    listed = Path.glob

    def glob(folder: Path, pattern: str) -> Iterator[Path]:
        found = list(listed(folder, pattern))
        if left in found:
            left.rmdir()
        return iter(found)

    monkeypatch.setattr(Path, "glob", glob)
    with keyring.open_keyring(HERE) as opened:
        assert opened.gpg.list_keys() == []
