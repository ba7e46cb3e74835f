"""`runner forget`: people erased everywhere below target/, and kept from coming back (C2)."""

import gzip
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.functional.workshop import Workshop

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


@pytest.fixture
def shop(shop: Workshop) -> Workshop:
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


def canaries_in(folder: Path, canaries: tuple[str, ...] = CANARIES) -> dict[str, set[str]]:
    """Return which files below a folder hold which canaries, compressed ones opened."""
    found: dict[str, set[str]] = {}
    for path in folder.rglob("*"):
        if not path.is_file():
            continue
        for content in contents_of(path):
            for canary in canaries:
                if canary.lower().encode() in content.lower():
                    found.setdefault(str(path.relative_to(folder)), set()).add(canary)
    return found


def contents_of(path: Path) -> list[bytes]:
    content = path.read_bytes()
    contents = [content]
    if content.startswith(b"\x1f\x8b"):
        contents.append(gzip.decompress(content))
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            contents += [archive.read(name) for name in archive.namelist()]
    if content.startswith(b"PAR1"):
        with duckdb.connect() as connection:
            rows = connection.execute("select * from read_parquet(?)", [str(path)]).fetchall()
            contents.append(str(rows).encode())
    if path.suffix in (".duckdb",):
        with duckdb.connect(str(path), read_only=True) as connection:
            relations = connection.execute(
                "select schema_name, table_name from duckdb_tables() where not internal"
            ).fetchall()
            for schema, table in relations:
                held = connection.execute(f'from {schema}."{table}"').fetchall()
                contents.append(str(held).encode())
    return contents


def receipt(shop: Workshop, *arguments: str) -> dict[str, Any]:
    ended = shop.run("forget", *arguments, "--yes")
    assert ended.code == 0, ended.told
    path = re.findall(r"Receipt: (.+)", ended.stdout)[0]
    found: dict[str, Any] = json.loads((shop.folder / path).read_text())
    return found


def test_no_byte_of_a_forgotten_person_is_left(shop: Workshop) -> None:
    shop.build()
    # A second build keeps the warehouse of the first.
    shop.drop("people_2.csv", "number,email,card,name,born,household\n3,bo@x.nl,,Bob,,H2\n")
    shop.build()
    target = shop.folder / "target"
    assert len(canaries_in(target)) >= 5
    others = shop.rows(
        "select profiles.* from profiles where email != 'canary@person.example' order by all"
    )
    done = receipt(shop, "email=canary@person.example")
    left = canaries_in(target)
    # Until the partner was told: the one identifier that is a column of the file.
    assert left == {"sent/local/shop.vip.erased.parquet": {"canary@person.example"}}
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
    assert canaries_in(target) == {}
    assert shop.rows("select times_ordered from products where product_id = 'A'") == [(1,)]


def test_forgotten_person_stays_forgotten(shop: Workshop) -> None:
    shop.build()
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
    assert canaries_in(shop.folder / "target") == {}
