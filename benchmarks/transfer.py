"""Compares fetching and sending over SFTP with OpenSSH's own client on the same server.

Each kind of transfer is done by both in turn, several times, and the medians are compared: one
large file, and many small ones. Fetching is what a build does: hashed, counted, checked, and kept
in staging. A missed aim is shown and is no failure. Needs OpenSSH's server and client.
"""

import argparse
import base64
import json
import os
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from runner.remote import open_remote
from runner.stage.download import DownloadBatch
from runner.stage.staging import Staging
from tests.servers.sshd import Sshd, sshd

LARGE_AIM, SMALL_AIM = 0.45, 1.0


@dataclass(frozen=True)
class Figure:
    """How long both clients took, in seconds (medians), and how fast ours is beside the other."""

    transfer: str
    openssh_seconds: float
    runner_seconds: float
    # OpenSSH's seconds over ours, and the least that it should be.
    speed: float
    aim: float


@dataclass(frozen=True)
class Location:
    """A server, and folders on both sides."""

    server: Sshd
    # Of the server: `large/`, `small/`.
    there: Path
    here: Path

    def sftp(self, *commands: str) -> None:
        """Run commands of OpenSSH's client in one connection."""
        subprocess.run(
            [
                *("sftp", "-q", "-b", "-", "-P", str(self.server.port)),
                *("-i", str(self.server.private_key), "-o", "IdentitiesOnly=yes"),
                *("-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null"),
                f"{self.server.username}@{self.server.host}",
            ],
            input="\n".join(commands).encode(),
            check=True,
            capture_output=True,
        )

    def clear(self) -> None:
        """Remove what the transfer before brought or sent; no client is timed while it goes."""
        for folder in (self.here, self.there / "in"):
            shutil.rmtree(folder, ignore_errors=True)
        self.here.mkdir()


def write_files(folder: Path, count: int, size: int) -> None:
    """Write files of lines of 76 letters, each file another one."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        with (folder / f"file_{number:05}.csv").open("wb") as file:
            left = size
            while left:
                left -= file.write(base64.encodebytes(os.urandom(1 << 20))[:left])


def fetched_by_openssh(location: Location, folder: str) -> None:
    """Fetch a folder's files with OpenSSH's client."""
    location.sftp(f"get {folder}/* {location.here}/")


def fetched_by_runner(location: Location, folder: str) -> None:
    """Fetch a folder's files as a build does."""
    staging = Staging(location.here / "staging")
    with open_remote(location.server.settings()) as remote:
        files = remote.list(folder).files
        downloads = DownloadBatch(staging, "bench", remote, files).fetch()
    assert len(downloads.files) == len(files) > 0, downloads.failures[:1]


def sent_by_openssh(location: Location, folder: str) -> None:
    """Send a folder's files with OpenSSH's client."""
    location.sftp("mkdir in", f"put {location.there / folder}/* in/")


def sent_by_runner(location: Location, folder: str) -> None:
    """Send a folder's files, one after the other, each under its name at once."""
    with open_remote(location.server.settings()) as remote:
        remote.make_directory("in")
        for file in sorted((location.there / folder).iterdir()):
            remote.send(file, f"in/{file.name}", lambda _: None)


Transfer = Callable[[Location, str], None]
TRANSFERS: tuple[tuple[str, str, Transfer, Transfer, float], ...] = (
    ("fetch one large file", "large", fetched_by_openssh, fetched_by_runner, LARGE_AIM),
    ("fetch many small files", "small", fetched_by_openssh, fetched_by_runner, SMALL_AIM),
    ("send one large file", "large", sent_by_openssh, sent_by_runner, LARGE_AIM),
    ("send many small files", "small", sent_by_openssh, sent_by_runner, SMALL_AIM),
)


def measure(location: Location, rounds: int) -> list[Figure]:
    """Return a figure for each kind of transfer; both clients take turns."""
    figures = []
    for name, folder, theirs, ours, aim in TRANSFERS:
        seconds: dict[Transfer, list[float]] = {theirs: [], ours: []}
        for _ in range(rounds):
            for client in (theirs, ours):
                location.clear()
                start = time.perf_counter()
                client(location, folder)
                seconds[client].append(time.perf_counter() - start)
        openssh, runner = (statistics.median(seconds[client]) for client in (theirs, ours))
        figures.append(
            Figure(name, round(openssh, 2), round(runner, 2), round(openssh / runner, 2), aim)
        )
    return figures


def show(figures: Iterable[Figure]) -> None:
    """Print figures as a table and as one line of JSON."""
    print("| transfer | aim | times as fast as OpenSSH | OpenSSH | runner |")
    print("| --- | --- | --- | --- | --- |")
    for figure in figures:
        print(
            f"| {figure.transfer} | at least {figure.aim} | {figure.speed}"
            f" | {figure.openssh_seconds} s | {figure.runner_seconds} s |"
        )
    print(json.dumps([asdict(figure) for figure in figures]))


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.transfer", description=__doc__)
    parser.add_argument("--megabytes", type=int, default=500, help="size of the large file")
    parser.add_argument("--files", type=int, default=1000, help="number of the small files")
    parser.add_argument("--kilobytes", type=int, default=20, help="size of a small file")
    parser.add_argument("--rounds", type=int, default=3, help="how often each client is timed")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="transfer-") as scratch:
        there = Path(scratch, "files")
        write_files(there / "large", 1, given.megabytes * 1_000_000)
        write_files(there / "small", given.files, given.kilobytes * 1_000)
        with sshd(Path(scratch, "server"), root=there) as server:
            figures = measure(Location(server, there, Path(scratch, "here")), given.rounds)
    show(figures)


if __name__ == "__main__":
    main()
