"""What all tests share: servers, the command, small projects, real data."""

import gc
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from runner.secret_values import SECRETS

# Times are no tests here. A run of `.ci/run` draws the same examples for the same code; other runs
# look further each time.
settings.register_profile("house", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "house"))

# Modules of tests stay until the end: to look for circles among them takes longer than some tests.
gc.set_threshold(50_000)

# Tests start many processes: what Python compiles of runner and of tests is kept for the next ones,
# whatever the environment says.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# A small build waits for a disk as long as it computes: where there is room, folders of tests are in
# memory, those of pytest and those of commands and workbenches.
MEMORY, ROOM = Path("/dev/shm"), 4 * 2**30
if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
    os.environ.setdefault("TMPDIR", str(MEMORY))
    # It may have been asked for before.
    tempfile.tempdir = None


ON_SPARK = Path(__file__).parent / "spark"
"""Where all tests build on Spark, so that `make test-sail` runs them with those of both engines."""


@pytest.fixture(autouse=True)
def no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget the secrets of other tests, which messages of this one would not show."""
    monkeypatch.setattr(SECRETS, "_shown", {})
    monkeypatch.setattr(SECRETS, "_pattern", None)


@pytest.fixture(autouse=True)
def umask() -> Iterator[None]:
    """Leave the umask as it was: a command in this process makes all that it writes private."""
    earlier = os.umask(0o022)
    os.umask(earlier)
    yield
    os.umask(earlier)


pytest_plugins = [
    "tests.servers.browser",
    "tests.servers.sshd",
    "tests.servers.command",
    "tests.servers.sail",
    "tests.servers.bucket",
    "tests.functional.workshop",
    "tests.functional.real_data",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --update-golden."""
    parser.addoption(
        "--update-golden", action="store_true", help="write what golden cases lead to, unseen"
    )


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Return two workers more than there are processors: tests wait for servers and clocks."""
    return len(os.sched_getaffinity(0)) + 2


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give the tests that share what their module makes to one worker; mark property tests."""
    for item in items:
        if "property" in item.path.parts:
            item.add_marker(pytest.mark.thorough)
        if item.path.parent == ON_SPARK:
            item.add_marker(pytest.mark.both_engines)
        if "unit" in item.path.parts or _is_sharing(item):
            module, _, _ = item.nodeid.partition("::")
            item.add_marker(pytest.mark.xdist_group(module))


def _is_sharing(item: pytest.Item) -> bool:
    """Tell whether a test takes what a fixture makes once for its module."""
    assert isinstance(item, pytest.Function)
    fixtures = item._fixtureinfo.name2fixturedefs.values()
    return any(definitions[-1].scope == "module" for definitions in fixtures)
