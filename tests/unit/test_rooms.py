"""Tests are filed as what they test: each folder of tests/unit is a room of runner."""

from pathlib import Path

import pytest

UNIT = Path(__file__).parent
ROOMS = UNIT.parents[1] / "runner"
# Those of the starter project, at the root of the repository.
STARTER = {"macros"}


@pytest.mark.parametrize(
    "folder",
    sorted(
        path.name for path in UNIT.iterdir() if path.is_dir() and any(path.glob("**/test_*.py"))
    ),
)
def test_folder_names_a_room(folder: str) -> None:
    assert folder in STARTER or (ROOMS / folder / "__init__.py").is_file()
