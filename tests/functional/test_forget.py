"""`runner forget`: people erased everywhere below target/, and kept from coming back (C2)."""

import gzip
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from runner.engine.duckdb.warehouse import DuckDBWarehouse
from runner.erasure.held_tables import held_tables
from tests.functional.erasure import canaries_in, receipt
from tests.functional.workshop import Workshop
from tests.thorough import some

PROPERTIES = """\
email: {identifier: true, pii: true}
card: {identifier: true}
name: {pii: true}
street: {pii: true}
born: {type: date, pii: true}
spent: decimal
households: {multi: true, group: household}
"""
GOALS = """\
- name: people
  kind: import_profiles
  files:
    people: people_*.csv
    addresses: {path: addresses.csv, join: {number: people.number}, optional: true}
  identify: {by: [{email: "lower(people.email)"}, {card: people.card}]}
  map:
    name: people.name
    born: people.born
    street: addresses.street
    households: {from: people.household, strategy: add}
- name: orders
  kind: import_profiles
  files:
    orders: orders_*
    products: {path: products.csv, join: {sku: orders.sku}, optional: true}
  process:
    - drop: "orders.status = 'test'"
  identify: {by: [{card: orders.card}], create_profiles: false}
  map:
    spent: {from: orders.amount, strategy: sum}
  events:
    - type: order
      id: orders.id
      at: orders.at
      properties: {total_revenue: orders.amount}
      nested:
        product: {id: orders.sku, name: products.name, quantity: orders.quantity}
      product_store: true
- name: vip
  kind: export_profiles
  segment: vip
  file_name: vip_{timestamp}.csv
  changes: added_changed_removed
  columns:
    - {header: EMAIL, property: email}
    - {header: NAME, property: name}
    - {header: CHANGE, change: true}
- name: everyone
  kind: export_profiles
  segment: vip
  file_name: everyone.csv
  columns: [{header: NAME, property: name}]
"""
CANARIES = ("canary@person.example", "Canaria", "Canarystreet", "CARD-4711", "1911-11-11")
"""Values of nobody but the one person who is erased."""
PEOPLE = """\
number,email,card,name,born,household
1,Canary@Person.Example,CARD-4711,Canaria,1911-11-11,H1
2,an@x.nl,CARD-0002,An,1970-01-02,H1
3,bo@x.nl,CARD-0003,Bo,1970-01-03,H2
"""
ADDRESSES = "number,street\n1,Canarystreet 1\n2,Second street\n3,Third street\n"
ORDERS = """\
id,card,sku,quantity,amount,at,status
o1,CARD-4711,A,1,10,2024-01-01 10:00:00,paid
o2,CARD-0002,A,2,20,2024-01-02 10:00:00,paid
o3,CARD-4711,B,1,5,2024-01-03 10:00:00,test
o4,CARD-0003,C,1,7,2024-01-03 10:00:00,paid
"""
PRODUCTS = "sku,name\nA,Apple\nB,Pear\nC,Plum\n"


@pytest.fixture(scope="module")
def declared_shop(shared_shop: Workshop) -> Workshop:
    shop = shared_shop
    shop.properties(PROPERTIES)
    shop.write("models/groups/household.yml", "properties: {id: {identifier: true}}\n")
    shop.goals(GOALS)
    shop.write("models/segments/vip.sql", "select profile_id from {{ ref('profiles') }}\n")
    shop.write(
        "models/marts/names.sql",
        "{{ config(materialized='table') }}\nselect name from {{ ref('profiles') }}\n",
    )
    shop.drop("addresses.csv", ADDRESSES)
    shop.drop("products.csv", PRODUCTS)
    shop.drop("people_1.csv", PEOPLE)
    shop.drop("orders_1.csv.gz", gzip.compress(ORDERS.encode()))
    return shop


@pytest.fixture(scope="module")
def built_shop(declared_shop: Workshop, tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    folder = tmp_path_factory.mktemp("built")
    shop = declared_shop.copied(folder / "shop")
    shop.build()
    return shop.copied(folder / "kept")


@pytest.fixture
def shop(built_shop: Workshop) -> Workshop:
    return built_shop.restored(built_shop.folder.parent / "shop")


@pytest.fixture
def unbuilt(declared_shop: Workshop, tmp_path: Path) -> Workshop:
    return declared_shop.copied(tmp_path / "shop")


def left_of(shop: Workshop, canaries: tuple[str, ...] = CANARIES) -> dict[str, set[str]]:
    return canaries_in(shop.folder / "target", canaries)


def test_no_byte_of_a_forgotten_person_is_left(shop: Workshop) -> None:
    # A second build keeps the warehouse of the first.
    shop.drop("people_2.csv", "number,email,card,name,born,household\n3,bo@x.nl,,Bob,,H2\n")
    shop.build()
    assert len(left_of(shop)) >= 5
    others = shop.rows(
        "select profiles.* from profiles where email != 'canary@person.example' order by all"
    )
    done = receipt(shop, "email=canary@person.example")
    # Until the partner was told: the one identifier that is a column of the file.
    assert left_of(shop) == {"sent/local/shop.vip.parquet": {"canary@person.example"}}
    assert shop.rows("select * from profiles order by all") == others
    assert done["tables"]["main.profiles"] == 1
    assert done["tables"]["main.events_order"] == 1
    assert done["tables"]["runner.identifiers"] == 2
    assert {file["lines"] for file in done["staged"]} == {1, 2}
    assert len(done["staged"]) == 3
    assert done["finished_at"]
    assert done["to_be_told"] == {"shop.vip": 1}
    assert "shop.people people_1.csv" in done["remote"]
    shop.build()
    (exported,) = sorted((shop.folder / "drop").glob("vip_*.csv"))[-1:]
    assert exported.read_text() == "EMAIL,NAME,CHANGE\ncanary@person.example,,removed\n"
    assert left_of(shop) == {}
    assert shop.rows("select times_ordered from products where product_id = 'A'") == [(1,)]


def test_forgotten_person_stays_forgotten(shop: Workshop) -> None:
    receipt(shop, "card=CARD-4711")
    before = shop.profiles(), shop.rows("from events_order order by all")
    assert "Nothing new" in shop.run("build").stdout
    shop.build("--full-refresh")
    assert (shop.profiles(), shop.rows("from events_order order by all")) == before
    # The partner sends the same person again.
    shop.drop("people_1.csv", PEOPLE + "4,kim@x.nl,,Kim,,H3\n")
    shop.build()
    assert shop.outcomes("shop.people") == {"unchanged": 2, "suppressed": 1, "created": 1}
    assert shop.rows("select count(*) from profiles where name = 'Canaria'") == [(0,)]
    receipt(shop, "card=CARD-4711")
    assert "people_1.csv" in str([path for path in canaries_in(shop.folder / "drop", ("Canaria",))])
    shop.build()
    assert left_of(shop) == {}


def test_dry_run_tells_the_same_and_changes_nothing(shop: Workshop) -> None:
    before = tree(shop.folder / "target")
    dry = shop.run("forget", "email=canary@person.example", "--dry-run")
    assert dry.code == 0, dry.told
    assert "1 person, 1 profile: would be erased." in dry.stdout
    assert tree(shop.folder / "target") == before
    done = shop.run("forget", "email=canary@person.example", "--yes")
    assert "1 person, 1 profile: erased." in done.stdout
    figures = [line for line in dry.stdout.splitlines() if line.startswith("   ")]
    assert len(figures) > 10
    assert set(figures) <= set(done.stdout.splitlines())
    for ended in (dry, done):
        assert not any(canary in ended.told for canary in CANARIES)


def tree(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".lock"
    }


def test_nothing_is_erased_unless_somebody_says_yes(unbuilt: Workshop) -> None:
    ended = unbuilt.run("forget", "email=canary@person.example")
    assert ended.code == 2
    assert "no terminal to ask for confirmation" in ended.told
    assert "--yes" in ended.told
    assert not (unbuilt.folder / "target").exists()


def test_unknown_person_is_suppressed_all_the_same(unbuilt: Workshop) -> None:
    done = receipt(unbuilt, "email=canary@person.example")
    assert done["tables"] == {}
    assert done["listed"] == 1
    unbuilt.build()
    assert unbuilt.outcomes("shop.people") == {"created": 2, "suppressed": 1}
    assert unbuilt.profiles("name", "name") == [("An",), ("Bo",)]


def test_kept_warehouse_is_rid_of_the_person_and_rollback_brings_nobody_back(
    shop: Workshop,
) -> None:
    shop.drop("people_2.csv", "number,email,card,name,born,household\n3,bo@x.nl,,Bob,,H2\n")
    shop.build()
    done = receipt(shop, "email=canary@person.example")
    assert len(done["rewritten_builds"]) == 1
    shop.run("rollback")
    assert shop.profiles("name", "name") == [("An",), ("Bo",)]
    shop.build()
    assert shop.profiles("name", "name") == [("An",), ("Bob",)]
    assert left_of(shop) == {}


def test_damaged_kept_warehouse_is_dropped(shop: Workshop) -> None:
    kept = shop.folder / "target/kept/local/20200101T000000000Z.duckdb"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"Canaria")
    done = receipt(shop, "email=canary@person.example")
    assert done["dropped_builds"] == ["20200101T000000000Z"]
    assert not kept.exists()


KILLED = """\
import os, signal, sys
from pathlib import Path
from runner.erasure.forget import forget
from runner.workspace.workspace import open_workspace

def die(step):
    if step == sys.argv[1]:
        os.kill(os.getpid(), signal.SIGKILL)

forget(open_workspace(Path()), [("email", "canary@person.example")], on_step=die)
"""
STEPS = (
    "suppression list",
    "search",
    "staged files",
    "exports",
    "files below target/",
    "the warehouse, not published yet",
    "the warehouse",
)


@pytest.mark.any_engine
@pytest.mark.thorough
def test_killed_forget_is_completed_by_the_next(shop: Workshop, tmp_path: Path) -> None:
    built = shop.folder.rename(tmp_path / "built")
    for step in some(STEPS):
        shutil.rmtree(shop.folder, ignore_errors=True)
        shutil.copytree(built, shop.folder)
        ended = subprocess.run(
            [sys.executable, "-c", KILLED, step], cwd=shop.folder, capture_output=True
        )
        assert ended.returncode == -9, (step, ended.stderr)
        # Whatever was reached: who it was cannot come back.
        shop.drop("people_3.csv", PEOPLE.replace("Canaria", "Canaria again"))
        shop.build()
        assert shop.outcomes("shop.people")["suppressed"] == 1
        receipt(shop, "email=canary@person.example")
        shop.build("--full-refresh")
        assert left_of(shop) == {}, step
        assert shop.profiles("name", "name") == [("An",), ("Bo",)]


UNNAMED = {
    "main.products": "made anew of events and feeds",
    "main.groups_household": "groups, not people",
    "main.names": "a model: made anew, dropped in kept warehouses",
    "runner.events": "by the events of people",
    "runner.files": "files",
    "runner.goals": "goals",
    "runner.left_out_rows": "numbers of lines",
    "runner.models": "models",
    "runner.keys": "hashes, by the rows of people",
    "runner.product_feed": "products",
    "runner.published": "a build",
    "runner.rejects": "by line, and by what it mentions",
    "runner.returning": "files",
    "runner.format": "a number, and a hash of declarations",
    "runner.suppressed": "hashes",
    "runner.event_lineage": "by the events of people",
    "runner.undone": "files",
}
"""Tables whose rows no column of profile ids names -> how they are rid of people.

A new table that holds people has such a column, and is then erased from; or a statement of
`held_tables.py`, and stands here.
"""


def test_every_table_is_erased_from_or_holds_nobody(shop: Workshop) -> None:
    with DuckDBWarehouse.open(shop.warehouse, read_only=True) as warehouse:
        tables = held_tables(warehouse)
    unnamed = {table.relation.replace('"', "") for table in tables if not table.has_persons}
    assert unnamed == set(UNNAMED)
    searched = {table.relation for table in tables if table.is_searched}
    assert searched == set()
    assert len(tables) - len(unnamed) >= 10


def test_profile_is_found_by_an_id_of_before_a_merge(shop: Workshop) -> None:
    alias = "00000000-0000-4000-8000-000000000000"
    with duckdb.connect(str(shop.warehouse)) as connection:
        connection.execute(
            "create table if not exists runner.aliases (relation varchar not null,"
            " alias_id uuid not null, profile_id uuid not null, goal varchar not null,"
            " build_id varchar not null)"
        )
        connection.execute(
            "insert into runner.aliases select 'main.profiles', ?, profile_id, '', ''"
            " from profiles where name = 'Canaria'",
            [alias],
        )
    done = receipt(shop, f"profile_id={alias}")
    assert done["tables"]["main.profiles"] == 1
    assert done["tables"]["runner.aliases"] == 1
    assert shop.profiles("name", "name") == [("An",), ("Bo",)]
    assert left_of(shop, (alias,)) == {}
