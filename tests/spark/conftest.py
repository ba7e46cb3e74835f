"""Tests that need libraries of `make test-sail`: elsewhere they are not collected."""

import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.servers.command import LoadedRunner

BUILDS = (
    "test_spark_warehouse.py",
    "test_spark_build.py",
    "test_spark_commands.py",
    "test_spark_kill.py",
    "test_spark_migrate.py",
    "test_spark_readers.py",
    "test_spark_starter.py",
)

collect_ignore = [] if find_spec("moto") else ["test_bucket_storage.py"]
collect_ignore += [] if find_spec("pysail") else [*BUILDS]

# The client of Spark takes a process without a main file, as a worker of pytest is, for a doctest.
vars(sys.modules["__main__"]).setdefault("__file__", __file__)


@pytest.fixture(scope="session")
def runner(run_runner: LoadedRunner) -> Callable[..., str]:
    """Run a command in a folder, which has to end well; returns what it shows."""

    def run(folder: Path, *words: str) -> str:
        ended = run_runner(folder, *words)
        assert ended.code == 0, ended.told
        return ended.stdout

    return run
