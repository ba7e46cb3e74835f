"""A small project: order lines, joined to customers and products, in a local folder."""

import hashlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from runner.orchestrate.build import BuildOptions, run_build
from runner.result import BuildResult
from runner.workspace.workspace import Workspace, open_workspace

PROJECT = """\
name: acme
timezone: Europe/Amsterdam
"""
PROPERTIES = """\
properties:
  email: {identifier: true, pii: true}
  name: text
  born: {type: date, pii: true}
  ordered_at: datetime
  product: text
  spent: decimal(18,2)
"""
CONNECTION = """\
connection: shop
type: local
path: drop
goals:
  - name: orders
    kind: import_profiles
    files:
      lines: {path: "out/orders_*.csv", order_by: name}
      customers: {path: out/customers.csv, join: {customer_id: lines.customer_id}}
      products: {path: out/products.csv, join: {sku: lines.sku}}
    format: {decimal: ",", separator: ";",
             date_format: "%d-%m-%Y", datetime_format: "%d-%m-%Y %H:%M"}
    process:
      - drop: "lines.status = 'test'"
      - set: {email: "lower(customers.email)"}
    identify: {by: [{email: email}]}
    map:
      name: customers.name
      born: customers.born
      ordered_at: lines.ordered_at
      product: products.name
      spent: {from: lines.amount, strategy: sum}
  - name: vip
    kind: export_profiles
    segment: vip
    directory: in
    file_name: vip.csv
    columns:
      - {header: MAIL, property: email}
      - {header: NAME, property: name}
      - {header: SPENT, property: spent}
"""
FILES = {
    "out/orders_1.csv": """\
order_id;customer_id;sku;amount;ordered_at;status
1;C1;A;1,50;01-02-2024 10:00;paid
2;C1;B;2,25;02-02-2024 11:30;paid
3;C2;A;99,00;02-02-2024 12:00;test
4;C9;Z;3,00;31-02-2024 12:00;paid
""",
    "out/customers.csv": """\
customer_id;email;name;born
C1;Ann@Example.org;Ann;31-12-1980
C2;bob@example.org;Bob;1980-12-31
""",
    "out/products.csv": "sku;name\nA;Apple\nB;Bread\n",
}
SEGMENT = "select profile_id from {{ ref('profiles') }}\n"


@dataclass
class Shop:
    """The project on disk."""

    folder: Path

    @property
    def drop(self) -> Path:
        """The folder in the place of the server."""
        return self.folder / "drop"

    def workspace(self) -> Workspace:
        return open_workspace(self.folder)

    def build(self) -> BuildResult:
        return run_build(self.workspace(), BuildOptions())

    def write(self, path: str, text: str) -> None:
        """Put a file on the server."""
        target = self.drop / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def edit(self, old: str, new: str) -> None:
        """Change the connection's YAML."""
        path = self.folder / "connections/shop.yml"
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))

    def copied(self, folder: Path) -> "Shop":
        """Return a copy of the project as it is now, with what was built of it."""
        shutil.copytree(self.folder, folder)
        return Shop(folder)

    def content(self) -> dict[str, str]:
        """Return a hash of all that a command must leave as it is: the server, the warehouse."""
        paths = [*self.drop.rglob("*"), self.folder / "target/warehouse.duckdb"]
        return {
            str(path): hashlib.sha256(path.read_bytes()).hexdigest() + str(path.stat().st_mtime_ns)
            for path in paths
            if path.is_file()
        }


def make_shop(folder: Path) -> Shop:
    """Write the project and its files."""
    for path, text in {
        "runner_project.yml": PROJECT,
        "models/properties.yml": PROPERTIES,
        "models/segments/vip.sql": SEGMENT,
        "connections/shop.yml": CONNECTION,
    }.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    shop = Shop(folder)
    for path, text in FILES.items():
        shop.write(path, text)
        os.utime(shop.drop / path, (1706778000, 1706778000))
    return shop
