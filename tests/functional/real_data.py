"""Real data sets that no one of this project made, beside the repository."""

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.functional.workshop import Workshop
from tests.servers.command import REPOSITORY, LoadedRunner
from tests.servers.sshd import Sshd

DATA = REPOSITORY.parent / "shared/data"
PROJECTS = Path(__file__).parent / "projects"
FIRST_MOMENT = 1_600_000_000


@dataclass(frozen=True)
class RealData:
    """A project over a data set, and the SFTP server that its files are put on."""

    project: Workshop
    server: Sshd
    source: Path
    # Name of a figure -> its value, as the data set's own SQL gave it.
    figures: dict[str, Any]

    def send(self, *patterns: str) -> None:
        """Put files on the server, each a minute younger than the one before."""
        names = [path for pattern in patterns for path in sorted(self.source.glob(pattern))]
        assert names, f"no file matches {patterns}"
        for path in names:
            sent = self.server.root / path.name
            shutil.copyfile(path, sent)
            moment = FIRST_MOMENT + 60 * len(list(self.server.root.iterdir()))
            os.utime(sent, (moment, moment))

    def received(self, path: str) -> bytes:
        """Return a file that runner put on the server."""
        return (self.server.root / path).read_bytes()


def open_data(
    project: str, data: str, folder: Path, server: Sshd, runner: LoadedRunner
) -> RealData:
    """Copy a project, with the starter's macros, into a folder; its server has no files yet."""
    source = DATA / data
    if not source.exists():
        pytest.skip(f"the data sets are not beside the repository ({source})")
    shutil.copytree(PROJECTS / project, folder)
    shutil.copytree(REPOSITORY / "macros", folder / "macros")
    figures = json.loads((source / "ground_truth.json").read_text("utf-8"))["figures"]
    values = {name: figure["value"] for name, figure in figures.items()}
    return RealData(Workshop(folder, runner, server.environment()), server, source, values)


@pytest.fixture
def real_data(
    tmp_path: Path, sftp_server: Sshd, run_runner: LoadedRunner
) -> Callable[[str, str], RealData]:
    """Opens a project over a data set: `real_data("tpch", "tpch_snowflake")`."""

    def opened(project: str, data: str) -> RealData:
        return open_data(project, data, tmp_path / project, sftp_server, run_runner)

    return opened
