"""Renders a macro of the starter project and runs it, one value at a time, on the tested engine."""

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from runner.compile.library import Library
from runner.definitions.project import read_project
from runner.errors import Location
from runner.sql import read_sql
from tests.unit.sql.engine import ENGINE
from tests.unit.sql.expression import evaluated

REPOSITORY = Path(__file__).parents[3]
Apply = Callable[..., Any]


@cache
def _library() -> Library:
    return Library(read_sql(), read_project(REPOSITORY), {}, os.environ.get, ENGINE)


@pytest.fixture(scope="session")
def apply_macro() -> Apply:
    """Return `apply_macro('normalize_email', ' A@b.nl ')`, which gives the SQL result."""

    def apply(name: str, value: str | None, **arguments: Any) -> Any:
        call = "{{ " + name + "('value', **arguments) }}"
        sql = _library().environment.render(call, Location("test.sql"), {"arguments": arguments})
        return evaluated(sql.text, value)

    return apply
