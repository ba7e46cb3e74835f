"""What an extra is for runs where nothing else is installed; `.ci/extras` tries it."""

import re
import tomllib
from pathlib import Path

import pytest

PYPROJECT = Path(__file__).parents[2] / "pyproject.toml"


@pytest.mark.parametrize(
    ("extra", "packages"),
    [
        ("python", {"numpy", "pyarrow"}),
        ("pgp", {"python-gnupg"}),
        ("web", {"starlette", "uvicorn"}),
    ],
)
def test_extra_brings_all_that_it_needs(extra: str, packages: set[str]) -> None:
    """DuckDB makes functions over Arrow with NumPy, which neither of them brings."""
    declared = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]
    listed = declared["optional-dependencies"][extra]
    assert {re.split(r"[<>=]", item)[0] for item in listed} == packages
