"""A build killed at any moment: the next one ends as if nothing had happened (B3)."""

import shutil
import signal
import sqlite3
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.functional.workshop import Workshop, new_workshop
from tests.servers.command import LoadedRunner
from tests.thorough import IS_THOROUGH, some

pytestmark = pytest.mark.any_engine

POINTS = 20
CHANGED = "name: {from: people.name, strategy: set_if_empty}"
GOALS = """\
- name: orders
  kind: import_profiles
  done_suffix: true
  files:
    orders: {path: "orders_*.csv"}
    people: {path: people.csv, join: {person: orders.person}}
  identify: {by: [{email: people.email}]}
  map:
    name: people.name
    spent: {from: orders.amount, strategy: sum}
  events:
    - type: order
      id: orders.order_id
      at: orders.at
      nested:
        product: {id: orders.sku, price: orders.amount}
      product_store: true
- name: members
  kind: import_profiles
  files: {members: {path: "members_*.csv"}}
  identify: {by: [{email: members.email}]}
  map: {age: members.age}
- name: everyone
  kind: export_profiles
  segment: everyone
  file_name: everyone.csv
  trigger: "{name}.ok"
  columns: [{header: E, property: email}, {header: N, property: name}, {header: S, property: spent}]
- name: changed
  kind: export_profiles
  segment: everyone
  changes: changed
  file_name: changed.csv
  format: {compression: gzip}
  columns: [{header: E, property: email}, {header: S, property: spent}]
"""
TABLES = """
select table_schema || '."' || table_name || '"', list(column_name)
from information_schema.columns
where table_schema in ('main', 'runner', 'segments')
group by all
order by all
"""


def declare(shop: Workshop, goals: str) -> None:
    shop.properties("email: {identifier: true}\nname: text\nage: integer\nspent: decimal(18,2)\n")
    shop.write("models/segments/everyone.sql", "select profile_id from {{ ref('profiles') }}\n")
    shop.write(
        "models/marts/ages.sql", "select age, count(*) as n from {{ ref('profiles') }} group by all"
    )
    shop.write("tests/no_age_below_0.sql", "select * from {{ ref('ages') }} where age < 0\n")
    shop.goals(goals)


def orders(first: int, last: int) -> str:
    lines = [
        f"o{number // 2},2026-01-{1 + number % 28:02}T10:00:00,p{number % 40},s{number % 7},1.50\n"
        for number in range(first, last)
    ]
    return "order_id,at,person,sku,amount\n" + "".join(lines)


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory, run_runner: LoadedRunner) -> Workshop:
    """A project that was built once; then came files, a correction and a changed goal."""
    shop = new_workshop(tmp_path_factory.mktemp("kill") / "shop", run_runner)
    declare(shop, GOALS)
    people = "".join(f"p{n},p{n}@x.example,Name {n}\n" for n in range(40))
    shop.drop("people.csv", f"person,email,name\n{people}")
    shop.drop("orders_1.csv", orders(0, 200))
    shop.drop("members_1.csv", "email,age\np1@x.example,30\np2@x.example,no\n")
    shop.build()
    shop.drop("orders_2.csv", orders(150, 400))
    shop.drop("members_1.csv", "email,age\np1@x.example,31\np2@x.example,40\n")
    shop.drop("members_2.csv", "email,age\nnew@x.example,50\np3@x.example,60\n")
    declare(shop, GOALS.replace("name: people.name", CHANGED))
    return shop


def copied(before: Workshop, folder: Path) -> Workshop:
    shutil.copytree(before.folder, folder)
    return Workshop(folder, before.runner)


def state(shop: Workshop) -> dict[str, Any]:
    """Return all that must be the same in the end: the warehouse, and what the partner has."""
    found: dict[str, Any] = {
        path.name: path.read_bytes() for path in sorted((shop.folder / "drop").iterdir())
    }
    tables = {
        table: ", ".join(f'"{name}"' for name in columns if name != "build_id")
        for table, columns in shop.rows(TABLES)
        if table != 'runner."published"'
    }
    found |= shop.digests({name: f"select {kept} from {name}" for name, kept in tables.items()})
    found["left"] = [path.name for path in (shop.folder / "target").glob("*.building*")]
    return found


def exchange(shop: Workshop) -> str:
    return shop.run("history", "--exchange", "--json").stdout


def statuses(shop: Workshop) -> list[str]:
    with sqlite3.connect(shop.folder / "target/history.db") as history:
        found = [
            status for (status,) in history.execute("select status from builds order by started_at")
        ]
    history.close()
    return found


def run_noted(shop: Workshop, notes: Path, kill_at: int, *command: str) -> tuple[int, list[str]]:
    """Run a command, killed at a moment; returns the exit code and the moments that came."""
    shop.env = {"MOMENTS": str(notes), "KILL_AT": str(kill_at)}
    code = shop.run(*command).code
    shop.env = {}
    return code, notes.read_text("utf-8").splitlines()


@pytest.mark.thorough
def test_killed_at_twenty_moments_the_next_build_ends_the_same(
    before: Workshop, tmp_path: Path
) -> None:
    calm = copied(before, tmp_path / "calm")
    code, moments = run_noted(calm, tmp_path / "moments", 0, "build")
    assert code == 0
    undisturbed, exchanged = state(calm), exchange(calm)
    assert undisturbed['main."profiles"'][0] == 41
    assert len(moments) > 10 * POINTS
    for point in some(range(POINTS)):
        number = 1 + point * (len(moments) - 4) // (POINTS - 1)
        shop = copied(before, tmp_path / f"{point}")
        code, met = run_noted(shop, tmp_path / "moments", number, "build")
        assert code == -signal.SIGKILL, f"{number} of {len(moments)}: the moment never came"
        sys.stdout.write(f"killed at {number} of {len(moments)}: {met[-1]}\n")
        shop.build()
        assert state(shop) == undisturbed, met[-1]
        if point % 6 == 0:
            shop.build()
            assert state(shop) == undisturbed, met[-1]
        assert exchange(shop) == exchanged, met[-1]
        assert statuses(shop)[-1] == "success"
        assert "running" not in statuses(shop)
        shutil.rmtree(shop.folder)


@pytest.mark.thorough
@pytest.mark.parametrize("command", ["undo", "redo"])
def test_killed_undo_or_redo_is_done_or_not_begun(
    before: Workshop, tmp_path: Path, command: str
) -> None:
    shop = copied(before, tmp_path / "shop")
    shop.build()
    if command == "redo":
        assert shop.run("undo", "orders_1.csv").code == 0
        shop.build()
    calm = copied(shop, tmp_path / "calm")
    code, moments = run_noted(calm, tmp_path / "moments", 0, command, "orders_1.csv")
    assert code == 0
    calm.build()
    not_begun, done = state(shop), state(calm)
    assert not_begun != done
    swap = next(number for number, moment in enumerate(moments, 1) if is_swap(moment))
    tried = (swap // 2, swap, swap + 1) if IS_THOROUGH else (swap, swap + 1)
    for number in tried[command == "redo" :]:
        killed = copied(shop, tmp_path / f"{number}")
        code, met = run_noted(killed, tmp_path / "moments", number, command, "orders_1.csv")
        assert code == -signal.SIGKILL, f"{number} of {len(moments)}: the moment never came"
        killed.build()
        assert state(killed) == (done if number > swap else not_begun), met[-1]
        assert killed.run(command, "orders_1.csv").code == (2 if number > swap else 0), met[-1]
        if number <= swap:
            killed.build()
        assert state(killed) == done, met[-1]
        assert "running" not in statuses(killed)


def is_swap(moment: str) -> bool:
    return moment.startswith("os.rename target/warehouse.duckdb.building")
