"""Warehouses of a cluster, in a folder and in a bucket, that many read while builds run (B1)."""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import fsspec
import pytest

from runner.engine.engines import cluster_store
from runner.engine.spark.store import storage_at
from runner.engine.spark.version import Version, read_version
from runner.engine.store import POINTER
from tests.functional.workshop import Workshop
from tests.servers.command import LoadedRunner
from tests.servers.sail import sail
from tests.spark.test_spark_build import FILES, written
from tests.thorough import IS_THOROUGH

READERS, BUILDS = (20, 10) if IS_THOROUGH else (4, 1)
BY_CLUSTER = 5
"""One reader of so many reads by the cluster, as `runner query` does; the others read the files."""
LOOKS = {
    "people": ("select count(*) from {profiles}", "select sum(people) from {names}"),
    "spenders": (
        "select count(*) from {profiles} where spent > 5",
        "select count(*) from {segment_members}",
    ),
}
"""Pairs of queries of which both give the same number in each build."""
RELATIONS = ("profiles", "names", "segment_members")
Seen = dict[str, list[int]]


@dataclass
class Told:
    """What readers saw."""

    builds: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Reading:
    """A warehouse as its readers find it."""

    warehouse: str
    remote: str

    def by_files(self) -> tuple[Version, Seen]:
        """Look at the files that the pointer names."""
        storage = storage_at(self.warehouse)
        stored = storage.read(POINTER)
        assert stored is not None
        version = read_version(stored.data, POINTER)
        with duckdb.connect() as connection:
            if "://" in self.warehouse:
                connection.register_filesystem(fsspec.filesystem("s3", skip_instance_cache=True))
            files = {
                name: f"read_parquet({[f'{storage.root}/{part}/*.parquet' for part in folders]})"
                for name, folders in _folders(version).items()
            }
            seen = {
                name: [
                    connection.execute(query.format(**files)).fetchall()[0][0] for query in queries
                ]
                for name, queries in LOOKS.items()
            }
        return version, seen

    def by_cluster(self) -> tuple[Version, Seen]:
        """Look as `runner query` does."""
        with cluster_store(self.warehouse, self.remote, "").open() as warehouse:
            names = {name: name for name in RELATIONS}
            seen = {
                name: [warehouse.frame(query.format(**names)).collect()[0][0] for query in queries]
                for name, queries in LOOKS.items()
            }
            return warehouse.tables.version, seen


def _folders(version: Version) -> dict[str, tuple[str, ...]]:
    return {name: version.tables[f"main.{name}"].folders for name in RELATIONS}


@contextmanager
def readers(reading: Reading) -> Iterator[Told]:
    """Look into the warehouse again and again, by many at once."""
    told = Told()
    ended = threading.Event()

    def read(number: int) -> None:
        look = reading.by_files if number % BY_CLUSTER else reading.by_cluster
        while not ended.is_set():
            began = time.monotonic()
            try:
                version, seen = look()
            except Exception as error:  # noqa: BLE001 - each is a fault
                told.faults.append(repr(error))
                return
            told.seconds.append(time.monotonic() - began)
            build = "-".join(_folders(version)["profiles"])
            told.faults += [
                f"{build}: {name} {pair}" for name, pair in seen.items() if pair[0] != pair[1]
            ]
            told.builds.append(build)
            # Together they leave the processor to the build.
            ended.wait(READERS / 4)

    threads = [threading.Thread(target=read, args=(number,)) for number in range(READERS)]
    for thread in threads:
        thread.start()
    try:
        yield told
    finally:
        ended.set()
        for thread in threads:
            thread.join()


@pytest.mark.thorough
@pytest.mark.parametrize("place", ["folder", "bucket"])
def test_readers_never_fail_and_never_see_half_a_build(
    place: str, tmp_path: Path, request: pytest.FixtureRequest, run_runner: LoadedRunner
) -> None:
    warehouse = str(tmp_path / "warehouse")
    if place == "bucket":
        warehouse = f"{request.getfixturevalue('bucket')}/warehouse"
    # A server finds the bucket by the environment that it is started in.
    with sail() as (address, _):
        shop = Workshop(tmp_path / "shop", run_runner)
        declared = FILES["runner_project.yml"].replace("target/cluster", warehouse)
        written(shop.folder, {**FILES, "runner_project.yml": declared}, address)
        shop.build()
        seconds = []
        with readers(Reading(warehouse, address)) as told:
            for number in range(BUILDS):
                line = f"o{number},r{number}@x.nl,{number + 6},a,2026-03-01 10:00:00\n"
                (shop.folder / f"landing/orders_2{number}.csv").write_text(
                    f"order_id,email,amount,sku,at\n{line}", encoding="utf-8"
                )
                began = time.monotonic()
                shop.build()
                seconds.append(time.monotonic() - began)
    sys.stdout.write(
        f"{READERS} readers of a {place}, {len(told.builds)} looks, the longest"
        f" {max(told.seconds):.1f} s; {BUILDS} builds of {min(seconds):.1f} to {max(seconds):.1f} s,"
        f" {len(set(told.builds))} seen\n"
    )
    assert told.faults == []
    assert len(set(told.builds)) > BUILDS // 2
    assert len(told.builds) > READERS * BUILDS
