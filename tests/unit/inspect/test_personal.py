"""What is personal follows the value: through joins, `process`, and into events."""

import os
from pathlib import Path

import pytest

from runner.inspect.export_preview import ExportPreview
from runner.inspect.identity import read_identity
from runner.inspect.import_preview import ImportPreview
from runner.inspect.import_scan import ImportScan
from runner.inspect.preview import preview
from runner.inspect.profile import Profile, find_profiles
from runner.inspect.scan import scan
from runner.orchestrate.build import BuildOptions, run_build
from runner.warehouse.publication import open_published
from runner.workspace.workspace import Workspace, open_workspace

FILES = {
    "runner_project.yml": "name: acme\n",
    "models/properties.yml": """\
properties:
  email: {identifier: true, pii: true}
  login: {identifier: true}
  greeting: text
  city: text
""",
    "models/events/visit.yml": """\
properties: {contact: text, page: text}
nested:
  click: {identifier: place, properties: {place: text, by: text}}
""",
    "connections/shop.yml": """\
connection: shop
type: local
path: drop
goals:
  - name: visits
    kind: import_profiles
    files:
      visits: visits.csv
      people: {path: people.csv, join: {address: visits.contact}}
    process:
      - set: {hello: "concat('Hi ', people.address)"}
    identify: {by: [{email: people.address}, {login: visits.contact}]}
    map: {greeting: hello, city: people.city}
    events:
      - type: visit
        id: visits.contact
        at: visits.at
        properties: {contact: "upper(visits.contact)", page: visits.page}
        nested: {click: {place: visits.page, by: visits.contact}}
  - name: everyone
    kind: export_profiles
    segment: everyone
    columns: [{header: LOGIN, property: login}, {header: CITY, property: city}]
""",
    "models/segments/everyone.sql": "select profile_id from {{ ref('profiles') }}\n",
    "drop/visits.csv": """\
contact,at,page
ann@x.nl,2024-01-01 10:00:00,home
nobody@x.nl,2024-01-01 11:00:00,home
""",
    "drop/people.csv": "address,city\nann@x.nl,Gouda\nbob@x.nl,Delft\n",
}


@pytest.fixture
def acme(tmp_path: Path) -> Workspace:
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
        os.utime(tmp_path / path, (1706778000, 1706778000))
    return open_workspace(tmp_path)


def test_keys_of_both_sides_of_a_join_are_masked(acme: Workspace) -> None:
    goal = scan(acme, ("visits",), 1000).goals[0]
    assert isinstance(goal, ImportScan)
    (link,) = [source.link for source in goal.sources if source.link]
    assert link.missing_keys == ("xxxxxx@x.xx",)
    assert link.partner_keys == ("xxx@x.xx",)
    assert link.is_masked


def test_preview_masks_what_is_made_of_a_personal_column_and_every_key(acme: Workspace) -> None:
    found = preview(acme, "visits")
    assert isinstance(found, ImportPreview)
    texts = {column.name: column.texts[0] for column in found.joined.columns}
    assert texts["visits.contact"] == texts["people.address"] == "xxx@x.xx"
    assert texts["hello"] == "Xx xxx@x.xx"
    assert texts["visits.page"] == "home"
    assert {values[0] for values in found.joined.identifiers.values()} == {"xxx@x.xx"}


def test_profile_and_identity_mask_values_that_came_from_a_personal_column(
    acme: Workspace,
) -> None:
    run_build(acme, BuildOptions())
    with open_published(acme) as warehouse:
        found = find_profiles(acme, warehouse, ["email=ann@x.nl"])
        (whole,) = find_profiles(acme, warehouse, ["email=ann@x.nl"], show_pii=True)
    (shown,) = found
    assert isinstance(shown, Profile)
    values = dict(shown.values)
    assert values["greeting"] == "Xx xxx@x.xx"
    assert values["city"] == "Gouda"
    assert {value for _, value in shown.identifiers} == {"xxx@x.xx"}
    (event,) = shown.events
    assert event.event_id == "xxx@x.xx"
    assert event.properties == {"contact": "XXX@X.XX", "page": "home"}
    assert event.nested == {"click": ({"place": "home", "by": "xxx@x.xx"},)}
    assert "ann@x.nl" not in str(read_identity(acme))
    exported = preview(acme, "everyone")
    assert isinstance(exported, ExportPreview)
    assert ("xxx@x.xx", "Gouda") in exported.rows
    assert "ann@x.nl" in str(whole)
