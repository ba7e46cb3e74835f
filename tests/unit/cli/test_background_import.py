"""Modules imported in a thread."""

import importlib
import sys
from pathlib import Path

import pytest

from runner.cli.background_import import import_in_background


def test_modules_are_there_afterwards_and_errors_are_raised_by_the_next_import(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "imported_beside.py").write_text("value = 1\n")
    (tmp_path / "failing_beside.py").write_text("raise ValueError('found')\n")
    monkeypatch.syspath_prepend(tmp_path)
    import_in_background("imported_beside", "failing_beside").join()
    assert sys.modules.pop("imported_beside").value == 1
    with pytest.raises(ValueError, match="found"):
        importlib.import_module("failing_beside")
