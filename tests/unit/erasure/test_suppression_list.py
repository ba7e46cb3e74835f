"""Which entries of the suppression list are one person's (C2)."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from runner.engine.duckdb.warehouse import DuckDBWarehouse
from runner.erasure.persons import Person, find_persons
from runner.erasure.suppression import add_to_list
from runner.erasure.suppression_list import SuppressionList, read_suppressed
from runner.history.suppressions import Suppressed, text_hash, value_hash
from runner.warehouse.tables import shape_tables
from runner.workspace.workspace import Workspace, open_workspace

SALT = "salt"
NOW = datetime(2026, 1, 2, tzinfo=UTC)


def entry(identifier: str, hashed: str, person: str) -> Suppressed:
    return Suppressed(identifier, hashed, person, "suppress", "r1", NOW)


CARD = entry("card", value_hash(SALT, "card", "1"), "jan")


@pytest.mark.parametrize("stored", ["jos\u00c9@x.nl", "jose\u0301@x.nl", "jos\u00e9@x.nl"])
@pytest.mark.parametrize("asked", ["JOS\u00c9@x.nl", "jos\u00e9@x.nl", "jose\u0301@X.nl"])
def test_person_is_found_by_a_value_that_older_runners_stored_in_another_form(
    stored: str, asked: str
) -> None:
    old = entry("email", text_hash(SALT, "email", stored), "jan")
    other = entry("email", text_hash(SALT, "email", "an@x.nl"), "an")
    known = SuppressionList((old, CARD, other), SALT)
    assert known.linked([("email", asked)]) == (old, CARD)


def workspace(folder: Path) -> Workspace:
    (folder / "runner_project.yml").write_text("name: shop\n", encoding="utf-8")
    (folder / "models").mkdir()
    properties = "properties: {email: {identifier: true}, card: {identifier: true}}\n"
    (folder / "models/properties.yml").write_text(properties, encoding="utf-8")
    return open_workspace(folder)


def test_entries_of_one_person_are_linked_whenever_they_came(tmp_path: Path) -> None:
    shop = workspace(tmp_path)
    add_to_list(shop, [Person("a", (), (("email", "jan@x.nl"),))], "suppress")
    add_to_list(shop, [Person("b", (), (("card", "1"),))], "suppress")
    assert len({one.person for one in read_suppressed(shop).entries}) == 2
    both = Person("c", (), (("card", "1"), ("email", "jan@x.nl"), ("card", "2")))
    add_to_list(shop, [both], "forget")
    known = read_suppressed(shop)
    assert len({one.person for one in known.entries}) == 1
    assert len(known.linked([("card", "2")])) == 3


def test_profile_is_found_by_an_identifier_that_only_the_list_links(tmp_path: Path) -> None:
    shop = workspace(tmp_path)
    profile_id = "00000000-0000-4000-8000-000000000001"
    mail = entry("email", value_hash(SALT, "email", "jan@x.nl"), "jan")
    with DuckDBWarehouse.open(Path(":memory:"), threads=1) as warehouse:
        shape_tables(warehouse, shop)
        row = {"identifier": "card", "value": "1", "profile_id": profile_id}
        other = {**row, "value": "2", "profile_id": profile_id.replace("1", "2")}
        warehouse.insert("runner.identifiers", [row, other])
        (person,) = find_persons(
            warehouse,
            [("email", "JAN@x.nl")],
            SuppressionList((mail, CARD), SALT),
            shop.library,
        )
    assert person.profile_ids == (profile_id,)
    assert set(person.identifiers) == {("email", "jan@x.nl"), ("card", "1")}
    assert person.listed == (mail.hashed_value, CARD.hashed_value)
