"""A month of daily builds with an SFTP server and an S3 bucket, compared with plain Python.

Every day partners send files: new orders, corrections of earlier ones, returns that may come before
their customer, a whole list of people. On some days a fault, drawn at random, is in the way: a
server that is down, a build that is killed, a broken file, a file without its trigger, an undo, a
rollback. After each day that ended well, and after a full refresh, profiles and exported files must
be what this script computes from what was sent. Needs sshd; the extra `dev` has the S3 server.
"""

import argparse
import csv
import io
import logging
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import boto3
import duckdb
from moto.server import ThreadedMotoServer

from tests.servers.sshd import Sshd, open_directory, sshd

PROJECT = Path(__file__).parent / "month"
BUCKET = "exchange"
FIRST_MOMENT = 1_700_000_000
DAY = 86_400
SPEND = Decimal(100)
"""What a member of the exported segment spent at least."""
ANY_FAILURE = (1, 4)
KEYS = {"AWS_ACCESS_KEY_ID": "month", "AWS_SECRET_ACCESS_KEY": "month"}

Line = tuple[str, str, str]
"""Order, e-mail, amount."""


@dataclass
class Sent:
    """What the partners sent so far: the last content of each file."""

    orders: dict[str, list[Line]] = field(default_factory=dict)
    returns: dict[str, list[Line]] = field(default_factory=dict)
    cities: dict[str, str] = field(default_factory=dict)

    def spent(self) -> dict[str, Decimal]:
        """Return what each customer spent: lines of all files."""
        return _sums(self.orders)

    def profiles(self) -> dict[str, tuple[Decimal | None, Decimal | None, str | None]]:
        """Return the profiles: e-mail -> spent, returned, city. Returns alone make no profile."""
        spent, returned = self.spent(), _sums(self.returns)
        return {
            email: (spent.get(email), returned.get(email), self.cities.get(email))
            for email in sorted({*spent, *self.cities})
        }

    def buyers(self) -> list[list[str]]:
        """Return the rows of the exported files, their header left out."""
        return [
            [email, f"{total:.2f}"]
            for email, total in sorted(self.spent().items())
            if total >= SPEND
        ]


def _sums(files: dict[str, list[Line]]) -> dict[str, Decimal]:
    totals: dict[str, Decimal] = defaultdict(Decimal)
    for lines in files.values():
        for _, email, amount in lines:
            totals[email] += Decimal(amount)
    return dict(totals)


class Bucket:
    """A bucket of an S3 server in this process."""

    def __init__(self) -> None:
        self.port = 0
        self.start()
        self.client = boto3.client(
            "s3",
            endpoint_url=self.url,
            region_name="us-east-1",
            aws_access_key_id="month",
            aws_secret_access_key="month",  # noqa: S106
        )
        self.client.create_bucket(Bucket=BUCKET)

    @property
    def url(self) -> str:
        """Return the address of the server."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Listen, on the same port as before."""
        self.running = ThreadedMotoServer(ip_address="127.0.0.1", port=self.port, verbose=False)
        self.running.start()
        self.port = self.running.get_host_and_port()[1]

    def stop(self) -> None:
        """Refuse connections; the objects stay."""
        self.running.stop()

    def put(self, key: str, content: bytes) -> None:
        """Store an object."""
        self.client.put_object(Bucket=BUCKET, Key=key, Body=content)

    def get(self, key: str) -> bytes:
        """Return an object."""
        return bytes(self.client.get_object(Bucket=BUCKET, Key=key)["Body"].read())


@dataclass
class Month:
    """The project, both servers, and what was sent."""

    folder: Path
    server: Sshd
    bucket: Bucket
    random: random.Random
    sent: Sent = field(default_factory=Sent)
    day: int = 0
    builds: int = 0

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command of runner in the project."""
        return subprocess.run(
            [sys.executable, "-m", "runner", *arguments],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=600,
        )

    @property
    def environment(self) -> dict[str, str]:
        """Return the environment of a command: the addresses and keys of both servers."""
        root = str(Path(__file__).parents[1])
        here = {"PYTHONPATH": root, "RUNNER_S3_URL": self.bucket.url}
        return {**os.environ, **KEYS, **self.server.environment(), **here}

    def build(self, *options: str, codes: tuple[int, ...] = (0,)) -> None:
        """Build; the exit code must be one of these."""
        self.builds += 1
        ended = self.run("build", *options)
        if ended.returncode not in codes:
            raise SystemExit(
                f"day {self.day}: exit code {ended.returncode}, expected one of {codes}\n"
                f"{ended.stdout}\n{ended.stderr}"
            )

    def put(self, path: str, text: str, with_trigger: bool = True) -> None:
        """Put a file on the SFTP server, with the time of this day."""
        file = self.server.root / "out" / path
        file.write_text(text, encoding="utf-8")
        moment = FIRST_MOMENT + self.day * DAY + 3600
        os.utime(file, (moment, moment))
        if with_trigger:
            file.with_name(f"{path}.ok").touch()

    def send(self) -> None:
        """Send the files of a day: orders, a correction, returns, and the whole list of people."""
        name = f"orders_{self.day:02}.csv"
        self.sent.orders[name] = [self.line(number) for number in range(self.random.randint(5, 40))]
        if self.day > 3 and self.random.random() < 0.3:
            earlier = self.random.choice(list(self.sent.orders))
            lines = self.sent.orders[earlier]
            lines[0] = (*lines[0][:2], f"{self.random.randint(100, 9000) / 100:.2f}")
            del lines[1:2]
            self.put(earlier, orders_text(lines))
        self.put(name, orders_text(self.sent.orders[name]))
        back = [self.line(number) for number in range(self.random.randint(1, 4))]
        self.sent.returns[f"returns_{self.day:02}.csv"] = back
        self.put(f"returns_{self.day:02}.csv", orders_text(back))
        for _ in range(3):
            self.sent.cities[self.email()] = self.random.choice(("Delft", "Goes", "Oss", "Ede"))
        self.send_people()

    def send_people(self) -> None:
        """Store the list of people in the bucket."""
        rows = [["email", "city"], *map(list, self.sent.cities.items())]
        self.bucket.put("in/people.csv", csv_text(rows).encode())

    def line(self, number: int) -> Line:
        """Return a line with an order number of its own."""
        amount = f"{self.random.randint(100, 9000) / 100:.2f}"
        return (f"{self.day}-{number}", self.email(), amount)

    def email(self) -> str:
        """Return one of as many customers as have come by this day, and of some who come later."""
        return f"c{self.random.randint(1, 20 + 4 * self.day):03}@example.com"

    def check(self, moment: str) -> None:
        """Compare profiles and exported files with what was sent."""
        with duckdb.connect(str(self.folder / "target/warehouse.duckdb"), read_only=True) as opened:
            rows = opened.execute("select email, spent, returned, city from profiles").fetchall()
        found = {email: tuple(values) for email, *values in rows}
        expected = self.sent.profiles()
        wrong = {
            email: (found.get(email), expected.get(email))
            for email in {*found, *expected}
            if found.get(email) != expected.get(email)
        }
        if wrong:
            raise SystemExit(f"day {self.day}, {moment}: profiles (found, expected): {wrong}")
        expected_rows = [["EMAIL", "SPENT"], *self.sent.buyers()]
        exported = {
            "SFTP": (self.server.root / "in/buyers.csv").read_bytes(),
            "S3": self.bucket.get("out/buyers.csv"),
        }
        for place, content in exported.items():
            written = sorted(csv.reader(io.StringIO(content.decode())))
            if written != sorted(expected_rows):
                raise SystemExit(f"day {self.day}, {moment}: other rows exported to {place}")


def orders_text(lines: list[Line]) -> str:
    """Return a file of orders or returns."""
    return csv_text([["order", "email", "amount"], *map(list, lines)])


def csv_text(rows: list[list[str]]) -> str:
    """Return rows as CSV."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue()


def sftp_down(month: Month) -> None:
    """The SFTP server refuses connections during a build."""
    month.server.stop()
    month.build(codes=(4,))
    month.server.start()


def bucket_down(month: Month) -> None:
    """The S3 server refuses connections during a build."""
    month.bucket.stop()
    month.build(codes=ANY_FAILURE)
    month.bucket.start()


def killed(month: Month) -> None:
    """A build is killed at a random moment."""
    with subprocess.Popen(
        [sys.executable, "-m", "runner", "build"],
        cwd=month.folder,
        env=month.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        time.sleep(month.random.uniform(0.3, 5))
        process.kill()


def broken_file(month: Month) -> None:
    """A file has other columns during a build, and is sent again as it should be."""
    name = f"orders_{month.day:02}.csv"
    month.put(name, "number;mail;price\n1;x;y\n")
    month.build(codes=(1,))
    month.put(name, orders_text(month.sent.orders[name]))


def unfinished_file(month: Month) -> None:
    """Half a file without its trigger waits."""
    name = f"orders_{month.day:02}.csv"
    (month.server.root / "out" / f"{name}.ok").unlink()
    text = orders_text(month.sent.orders[name])
    month.put(name, text[: len(text) // 2], with_trigger=False)
    month.build()
    month.put(name, text)


def full_dump_twice(month: Month) -> None:
    """A file comes again with another time and the same content."""
    month.build()
    name = month.random.choice(list(month.sent.orders))
    month.put(name, orders_text(month.sent.orders[name]))


def undone(month: Month) -> None:
    """A file is undone, and let in again."""
    month.build()
    name = f"out/orders_{month.day:02}.csv"
    for command in (("undo", name), ("redo", name)):
        ended = month.run(*command)
        if ended.returncode:
            raise SystemExit(f"day {month.day}: {command} failed\n{ended.stdout}{ended.stderr}")


def rolled_back(month: Month) -> None:
    """The build of a day is rolled back."""
    month.build()
    ended = month.run("rollback")
    if ended.returncode:
        raise SystemExit(f"day {month.day}: rollback failed\n{ended.stdout}{ended.stderr}")


FAULTS: tuple[Callable[[Month], None], ...] = (
    sftp_down,
    bucket_down,
    killed,
    broken_file,
    unfinished_file,
    full_dump_twice,
    undone,
    rolled_back,
)


@contextmanager
def opened_month(seed: int) -> Iterator[Month]:
    """Give a project in a folder of its own, with both servers."""
    with open_directory() as directory, tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "month"
        shutil.copytree(PROJECT, project)
        root = directory / "root"
        for name in ("out", "in"):
            (root / name).mkdir(parents=True)
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        bucket = Bucket()
        with sshd(directory / "state", root=root) as server:
            yield Month(project, server, bucket, random.Random(seed))  # noqa: S311 - no secret
        bucket.stop()


def run_month(month: Month, days: int) -> None:
    """Run the builds of a month; raises SystemExit where they end in something else."""
    for month.day in range(1, days + 1):
        month.send()
        fault = month.random.choice(FAULTS) if month.random.random() < 0.6 else None
        if fault is not None:
            fault(month)
        month.build()
        month.check("after the build")
        print(f"day {month.day:>2}  {fault.__name__ if fault else '':<16} as computed")
    month.build("--full-refresh")
    month.check("after a full refresh")


def main() -> None:
    """Run a month, and print a line per day."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.month", description=__doc__)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    started = time.perf_counter()
    with opened_month(options.seed) as month:
        run_month(month, options.days)
        seconds = time.perf_counter() - started
        print(f"{month.builds} builds in {seconds:.0f} s, and a full refresh, end as computed")


if __name__ == "__main__":
    main()
