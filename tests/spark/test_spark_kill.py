"""Builds on a cluster that are killed, or whose server is killed (B3)."""

import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from runner.engine.spark.version import Version, read_version
from runner.engine.store import POINTER
from tests.functional.test_kill import statuses
from tests.functional.twin import OF_A_RUN, plain
from tests.functional.workshop import Workshop
from tests.servers.command import LoadedRunner
from tests.servers.sail import sail
from tests.spark.test_spark_build import FILES, LATER, written
from tests.spark.test_spark_migrate import EXPORT
from tests.thorough import IS_THOROUGH, some

POINTS, SERVER_POINTS = 20, 5
TRIED = range(POINTS) if IS_THOROUGH else (12,)
BUILD = ("build", "--replace-files")
SHOP = {"connections/shop.yml": FILES["connections/shop.yml"] + EXPORT}
STATEMENT = "after SparkWarehouse.p"
"""How moments begin at which a statement has run: `perform`, `put`."""


@pytest.fixture(scope="module")
def before(
    tmp_path_factory: pytest.TempPathFactory, run_runner: LoadedRunner
) -> Iterator[Workshop]:
    """A project that was built once; then came another file. Its server is there for the module."""
    with sail() as (address, _):
        shop = Workshop(tmp_path_factory.mktemp("kill") / "shop", run_runner)
        written(shop.folder, {**FILES, **SHOP}, address)
        assert shop.run(*BUILD).code == 0
        (shop.folder / "landing/orders_2.csv").write_text(LATER, encoding="utf-8")
        yield shop


@pytest.fixture(scope="module")
def undisturbed(
    before: Workshop, tmp_path_factory: pytest.TempPathFactory
) -> tuple[list[str], Any]:
    """The moments of a build that nobody kills, and what is there after it."""
    folder = tmp_path_factory.mktemp("undisturbed")
    shop = copied(before, folder / "shop")
    code, moments = run_noted(shop, folder / "moments")
    assert code == 0
    return moments, state(shop)


def copied(before: Workshop, folder: Path) -> Workshop:
    shutil.copytree(before.folder, folder)
    return Workshop(folder, before.runner)


def run_noted(shop: Workshop, notes: Path, at: int = 0, victim: int = 0) -> tuple[int, list[str]]:
    """Run a build; at a moment, itself or another process is killed."""
    shop.env = {"MOMENTS": str(notes), "KILL_AT": str(at), "KILL_PID": str(victim)}
    code = shop.run(*BUILD).code
    shop.env = {}
    return code, notes.read_text("utf-8").splitlines()


def version_of(shop: Workshop) -> tuple[Path, Version]:
    root = shop.folder / "target/cluster"
    return root, read_version((root / POINTER).read_bytes(), POINTER)


def state(shop: Workshop) -> dict[str, list[Any]]:
    """Return all that must be the same in the end: the tables, and what the partner has."""
    found: dict[str, list[Any]] = {
        path.name: [path.read_bytes()] for path in sorted((shop.folder / "landing").iterdir())
    }
    root, version = version_of(shop)
    with duckdb.connect() as connection:
        for name, table in version.tables.items():
            kept = [f'"{c.name}"' for c in table.columns if c.name not in OF_A_RUN]
            files = [
                str(file) for part in table.folders for file in (root / part).glob("*.parquet")
            ]
            if files and kept:
                sql = f"select {', '.join(kept)} from read_parquet({files}, union_by_name = true)"
                rows = connection.execute(sql).fetchall()
                found[name] = sorted(str(tuple(map(plain, row))) for row in rows)
    return found


@pytest.mark.thorough
@pytest.mark.parametrize("point", TRIED)
def test_killed_at_twenty_moments_the_next_build_ends_the_same(
    before: Workshop, undisturbed: tuple[list[str], Any], tmp_path: Path, point: int
) -> None:
    moments, expected = undisturbed
    count = len(moments)
    number = 1 + point * (count - 4) // (POINTS - 1)
    shop = copied(before, tmp_path / "shop")
    code, met = run_noted(shop, tmp_path / "moments", number)
    assert code == -signal.SIGKILL, f"{number} of {count}: the moment never came"
    assert shop.run(*BUILD).code == 0
    assert state(shop) == expected, met[-1]
    assert statuses(shop)[-1] == "success"
    assert "running" not in statuses(shop)


@pytest.mark.thorough
@pytest.mark.parametrize("point", some(range(SERVER_POINTS)))
def test_server_killed_at_five_moments_the_next_build_ends_the_same(
    before: Workshop, undisturbed: tuple[list[str], Any], tmp_path: Path, point: int
) -> None:
    moments, expected = undisturbed
    # Behind the last statement a build has no need of the server.
    count = max(at for at, moment in enumerate(moments) if STATEMENT in moment)
    shop = copied(before, tmp_path / "shop")
    declared = shop.folder / "runner_project.yml"
    first = declared.read_text(encoding="utf-8")
    with sail() as (address, server):
        written(shop.folder, {"runner_project.yml": FILES["runner_project.yml"]}, address)
        number = 1 + (point + 1) * count // (SERVER_POINTS + 1)
        code, met = run_noted(shop, tmp_path / "moments", number, server.pid)
        assert server.wait() == -signal.SIGKILL, f"{number} of {count}: the moment never came"
        assert code > 0, met[number - 1]
    declared.write_text(first, encoding="utf-8")
    assert shop.run(*BUILD).code == 0
    assert state(shop) == expected, met[number - 1]
