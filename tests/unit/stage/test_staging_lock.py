"""Who changes staged files is alone with them (B4)."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from runner.errors import LockedError, StageError
from runner.stage.staging_lock import exclusive_staging, shared_staging

HOLDER = """
import sys
from pathlib import Path
from runner.stage.staging_lock import {0}_staging
with {0}_staging(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def held(directory: Path, kind: str) -> Iterator[None]:
    """Let another process hold the lock."""
    command = [sys.executable, "-c", HOLDER.format(kind), str(directory)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        yield


def test_builds_share_the_files_and_none_is_alone_meanwhile(tmp_path: Path) -> None:
    with shared_staging(tmp_path) as use:
        with use.alone() as is_alone:
            assert is_alone
        with held(tmp_path, "shared"), use.alone() as is_alone:
            assert not is_alone
        with use.alone() as is_alone:
            assert is_alone


def test_files_in_use_are_not_taken_by_one_who_wants_them_alone(tmp_path: Path) -> None:
    with held(tmp_path, "shared"), pytest.raises(LockedError, match="another target"):
        exclusive_staging(tmp_path).__enter__()
    with held(tmp_path, "exclusive"), pytest.raises(LockedError, match="being changed"):
        shared_staging(tmp_path, lambda: True).__enter__()
    with exclusive_staging(tmp_path):
        pass


def test_directory_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StageError, match=r"cannot write to .*staging"):
        shared_staging(tmp_path / "file/staging").__enter__()
