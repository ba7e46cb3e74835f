"""A small sound project, and what is wrong with it once a line of it is changed."""

from pathlib import Path

from runner.definitions.check import check_project
from runner.definitions.project import Project, read_project
from runner.errors import DefinitionError

FILES = {
    "runner_project.yml": """\
name: shop
timezone: Europe/Amsterdam
objectives: [mail, {name: phone, consent: opt_out}]
vars: {junk: '99'}
targets:
  local: {warehouse: target/warehouse.duckdb, threads: 1}
""",
    "models/properties.yml": """\
properties:
  email: {identifier: true, pii: true, ignore: [unknown], min_length: 3}
  name: text
  spent: decimal(18,2)
  tags: {multi: true}
  household: {group: household}
""",
    "models/groups/household.yml": "properties: {number: {identifier: true}}\n",
    "models/events/visit.yml": "properties: {page: text}\nnested: {item: {properties: {sku: text}}}\n",
    "models/segments/vip.sql": "select profile_id from {{ ref('profiles') }}\n",
    "connections/shop.yml": """\
connection: shop
type: local
path: drop
goals:
  - name: people
    kind: import_profiles
    files:
      people: {path: "people_*.csv", order_by: name}
      homes: {path: homes.csv, join: {number: people.home}}
    format: {decimal: ",", date_format: "%d-%m-%Y"}
    identify: {by: [{email: people.email}]}
    map:
      name: people.name
      spent: {from: people.amount, strategy: sum}
      tags: {from: homes.tags, strategy: add}
      consent.mail: people.mail
    events:
      - {type: visit, at: people.at, properties: {page: people.page}}
  - name: vip
    kind: export_profiles
    segment: vip
    file_name: vip.csv
    columns:
      - {header: EMAIL, property: email}
""",
}


def project(folder: Path, path: str = "", old: str = "", new: str = "") -> Project:
    """Return the project, checked; in one file, what stood there is replaced."""
    for name, text in FILES.items():
        if name == path:
            assert text.count(old) == 1, f"{old} stands {text.count(old)} times in {path}"
            text = text.replace(old, new)
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    read = read_project(folder)
    check_project(read)
    return read


def faults(folder: Path, path: str, old: str, new: str) -> list[str]:
    """Return all that is wrong with the project once a part of one file is another."""
    try:
        project(folder, path, old, new)
    except DefinitionError as error:
        return [str(fault) for fault in error.faults]
    return []
