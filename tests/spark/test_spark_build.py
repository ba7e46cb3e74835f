"""A build on a server that speaks Spark Connect gives what DuckDB gives."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import duckdb

from runner.engine.spark.version import Version, read_version
from runner.engine.store import POINTER

Runner = Callable[..., str]
"""Runs a command in a folder, which has to end well; returns what it shows."""
FILES = {
    "runner_project.yml": """\
name: acme
timezone: Europe/Amsterdam
target: cluster
targets:
  local: {}
  cluster: {engine: spark, remote: "%s", warehouse: target/cluster}
""",
    "models/properties.yml": """\
properties:
  email: {identifier: true}
  first_name: {}
  spent: decimal(18,2)
  interests: {multi: true}
""",
    "models/events/order.yml": """\
properties: {total: decimal}
nested: {product: {properties: {sku: text}}}
""",
    "models/marts/names.sql": """\
{{ config(materialized='table') }}
select first_name, count(*) as people from {{ ref('profiles') }} group by first_name
""",
    "models/segments/spenders.sql": "select profile_id from {{ ref('profiles') }} where spent > 5\n",
    "connections/shop.yml": """\
connection: shop
type: local
path: landing
goals:
  - name: people
    kind: import_profiles
    files: {people: people.csv}
    identify: {by: [{email: people.email}]}
    map: {first_name: people.name}
  - name: orders
    kind: import_profiles
    files:
      orders: "orders_*.csv"
      products: {path: products.csv, join: {sku: orders.sku}}
    identify: {by: [{email: orders.email}]}
    map:
      spent: {from: orders.amount, strategy: sum}
      interests: {from: products.category, strategy: add}
    events:
      - type: order
        id: orders.order_id
        at: orders.at
        properties: {total: orders.amount}
        nested: {product: {id: orders.sku, sku: orders.sku}}
""",
    "landing/people.csv": "email,name\\nann@x.nl,Ann\\nbob@x.nl,Zoë 'B'\\n ANN@x.nl ,Anna\\n,nobody\\n",
    "landing/products.csv": "sku,category\\na,Books\\nb,Toys\\n",
    "landing/orders_1.csv": """\
order_id,email,amount,sku,at
1,ann@x.nl,10.50,a,2026-01-01 10:00:00
1,ann@x.nl,4.25,b,2026-01-01 10:00:00
2,bob@x.nl,7,a,2026-01-02 11:00:00
3,eve@x.nl,x,a,2026-07-03 12:00:00
5,bob@x.nl,1.25
""",
}
LATER = "order_id,email,amount,sku,at\n2,bob@x.nl,1.5,b,2026-01-02 11:00:00\n4,new@x.nl,2,c,2026-02-01 00:00:00\n"
LATER += "5,bob@x.nl,1.25,a,2026-02-02 00:00:00\n"
SENT = {
    "models/marts/products_sent.sql": """\
{{ config(materialized='table') }}
select sku, _file, _line from {{ source('shop', 'orders', 'products') }}
"""
}
OF_A_RUN = ("build_id", "fingerprint", "parts", "declared_hash", "version")
"""Columns that differ between two builds of the same."""


def written(folder: Path, files: Mapping[str, str], remote: str) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        text = text.replace("%s", remote).replace("\\n", "\n")
        (folder / name).write_text(text, encoding="utf-8")


def plain(value: Any) -> Any:
    """Return a value as both engines store it: ids as texts, hashes as numbers."""
    if isinstance(value, bytes):
        return int.from_bytes(value, "big")
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value if value is None or isinstance(value, int) else str(value)


def compared(folder: Path) -> dict[str, tuple[list[str], list[str]]]:
    """Return the rows of each table of DuckDB's warehouse, and those of Spark's."""
    root = folder / "target/cluster"
    version: Version = read_version((root / POINTER).read_bytes(), POINTER)
    found = {}
    with duckdb.connect(str(folder / "target/warehouse.duckdb"), read_only=True) as local:
        tables = local.execute("select schema_name, table_name from duckdb_tables()").fetchall()
        for schema, name in tables:
            table = version.tables[f"{schema}.{name}"]
            names = [column.name for column in table.columns if column.name not in OF_A_RUN]
            if not names:
                continue
            listed = ", ".join(f'"{column}"' for column in names)
            files = [
                str(file) for part in table.folders for file in (root / part).glob("*.parquet")
            ]
            sources = [f'{schema}."{name}"']
            sources += [f"read_parquet({files}, union_by_name = true)"] if files else []
            rows = [
                sorted(
                    str(tuple(map(plain, row)))
                    for row in local.execute(f"select {listed} from {source}").fetchall()
                )
                for source in sources
            ]
            found[f"{schema}.{name}"] = (rows[0], rows[1] if files else [])
    return found


def test_tables_of_both_engines_are_equal_and_nothing_is_applied_twice(
    tmp_path: Path, remote: str, runner: Runner
) -> None:
    written(tmp_path, {**FILES, **SENT}, remote)
    for target in ("local", "cluster"):
        runner(tmp_path, "build", "--target", target)
    (tmp_path / "landing/orders_2.csv").write_text(LATER, encoding="utf-8")
    for target in ("local", "cluster"):
        runner(tmp_path, "build", "--target", target)
    found = compared(tmp_path)
    different = {name: rows for name, rows in found.items() if rows[0] != rows[1]}
    assert different == {}
    assert len(found["main.profiles"][0]) == 5
    assert len(found["main.events_order_product"][0]) == 7
    assert len(found["main.products_sent"][0]) == 2
    assert "no row was applied" in runner(tmp_path, "build")
    assert "Zoë 'B'" in runner(tmp_path, "query", "select * from names")
    assert "settled by orders_2.csv:4" in runner(tmp_path, "rejects", "--settled")
