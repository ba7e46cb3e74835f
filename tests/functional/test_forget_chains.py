"""`runner forget` in chained files: a line is found by the row it was once joined to (C2)."""

from dataclasses import replace

import pytest

from tests.functional.erasure import canaries_in
from tests.functional.workshop import Workshop

pytestmark = pytest.mark.any_engine

GOAL = """\
- name: people
  kind: import_profiles
  files:
    people: people_*.csv
    homes: {path: homes.csv, join: {number: people.number}}
  identify: {by: [{email: people.email}]}
  map: {name: people.name, street: homes.street}
"""
MAKES_PHONES = '  process: [{set: {phone: "lower(homes.street)"}}]'
HERS = "canary@person.example"
CANARIES = (HERS, "Canaria", "Canarystreet")


@pytest.fixture(scope="module")
def built_shop(shared_shop: Workshop) -> Workshop:
    """A warehouse of two people whose chained file came in two contents; none is kept."""
    shop = shared_shop
    project = shop.folder / "runner_project.yml"
    text = project.read_text("utf-8")
    project.write_text(text.replace("threads: 1", "threads: 1, keep_builds: 0"), "utf-8")
    shop.properties(
        "email: {identifier: true, pii: true}\nname: {pii: true}\nstreet: {pii: true}\n"
    )
    shop.goals(GOAL)
    shop.drop("homes.csv", "number,street\n1,Canarystreet 1\n2,Second street\n")
    shop.drop("people_1.csv", f"number,email,name\n1,{HERS},Canaria\n")
    shop.drop("people_2.csv", "number,email,name\n2,an@x.nl,An\n")
    shop.build()
    shop.drop("homes.csv", "number,street\n1,Canarystreet 22\n2,Third street\n")
    shop.build()
    return shop.copied(shop.folder.parent / "kept")


@pytest.fixture
def shop(built_shop: Workshop) -> Workshop:
    return built_shop.restored(built_shop.folder.parent / "shop")


def forget(shop: Workshop) -> str:
    assert len(canaries_in(shop.folder / "target/staging", ("Canarystreet",))) == 2
    ended = shop.run("forget", f"email={HERS}", "--yes")
    assert ended.code == 0, ended.told
    return ended.told


def check_forgotten(shop: Workshop) -> None:
    assert "warning" not in forget(shop)
    assert canaries_in(shop.folder / "target", CANARIES) == {}
    shop.build("--full-refresh")
    assert canaries_in(shop.folder / "target", CANARIES) == {}


def arrivals(shop: Workshop) -> list[str]:
    return (shop.folder / "target/staging/arrivals.jsonl").read_text("utf-8").splitlines()


def forget_found(shop: Workshop) -> str:
    ended = shop.run("forget", f"email={HERS}", "--yes")
    assert ended.code == 0, ended.told
    return ended.told


def test_chained_file_that_was_sent_again(shop: Workshop) -> None:
    check_forgotten(shop)
    assert shop.profiles("name, street") == [("An", "Third street")]


@pytest.mark.parametrize("undone", ["people_1.csv", "people_2.csv"])
def test_after_a_main_file_was_taken_out_and_came_back(shop: Workshop, undone: str) -> None:
    assert shop.run("undo", undone).code == 0
    check_forgotten(shop)
    assert shop.run("redo", undone).code == 0
    shop.build()
    assert shop.profiles("name, street") == [("An", "Third street")]


def test_while_a_main_file_awaits_its_return(shop: Workshop) -> None:
    assert shop.run("undo", "people_1.csv").code == 0
    assert shop.run("redo", "people_1.csv").code == 0
    check_forgotten(shop)


def test_after_a_full_refresh(shop: Workshop) -> None:
    shop.build("--full-refresh")
    check_forgotten(shop)


def test_after_a_refresh_that_brought_files(shop: Workshop) -> None:
    shop.drop("people_3.csv", "number,email,name\n3,bo@x.nl,Bo\n")
    shop.build("--full-refresh")
    check_forgotten(shop)
    assert shop.profiles("name, street", "name") == [("An", "Third street"), ("Bo", None)]


def test_number_that_somebody_else_has_later_keeps_the_line_of_his(shop: Workshop) -> None:
    shop.drop("homes.csv", "number,street\n1,Another street\n2,Third street\n")
    shop.drop("people_1.csv", "number,email,name\n1,bo@x.nl,Bo\n")
    shop.build()
    shop.build("--full-refresh")
    check_forgotten(shop)
    assert shop.profiles("name, street", "name") == [
        ("An", "Third street"),
        ("Bo", "Another street"),
    ]


def test_without_a_history_only_what_the_warehouse_tells_is_joined(shop: Workshop) -> None:
    assert shop.run("undo", "people_1.csv").code == 0
    for path in (shop.folder / "target").glob("history.db*"):
        path.unlink()
    told = forget(shop)
    assert "warning" not in told
    assert canaries_in(shop.folder / "target", (HERS, "Canaria")) == {}


def test_chained_file_that_the_goal_cannot_read_any_more_is_told(shop: Workshop) -> None:
    shop.goals(GOAL.replace("{number: people.number}", "{nr: people.number}"))
    shop.drop("homes.csv", "nr,street\n1,Canarylane 1\n2,Third street\n")
    shop.build()
    told = forget(shop)
    assert told.count("its files are searched as text alone") == 1
    assert canaries_in(shop.folder / "target", (HERS, "Canarylane")) == {}
    assert len(canaries_in(shop.folder / "target", ("Canarystreet",))) == 2


def test_files_of_a_goal_that_is_gone_are_searched_as_text_which_is_told(shop: Workshop) -> None:
    shop.goals(GOAL.replace("name: people\n", "name: others\n").replace("people_*", "others_*"))
    assert "warning: shop.people: the project has no such goal any more" in forget(shop)
    assert canaries_in(shop.folder / "target", (HERS, "Canaria")) == {}


def test_chained_line_that_came_again_without_the_main_line_of_the_person(shop: Workshop) -> None:
    """By the other identifiers that `forget` put on the list, also where the project was moved."""
    shop.properties("email: {identifier: true}\nphone: {identifier: true}\n")
    by_phone = GOAL.replace("people.email}]", "people.email}, {phone: phone}]")
    shop.goals(by_phone.replace("  map: {name: people.name, street: homes.street}", MAKES_PHONES))
    homes = "number,street\n1,Canarystreet\n2,Third street\n"
    shop.drop("homes.csv", homes)
    shop.build()
    forget_found(shop)
    moved = replace(shop, folder=shop.folder.rename(shop.folder.with_name("moved")))
    known = len(arrivals(moved))
    moved.drop("people_3.csv", "number,email,name\n3,bo@x.nl,Bo\n")
    moved.build()
    assert len(arrivals(moved)) == known + 1
    moved.drop("homes.csv", homes)
    moved.build()
    assert canaries_in(moved.folder / "target/staging", CANARIES) != {}
    assert "homes.csv" in forget_found(moved)
    assert canaries_in(moved.folder / "target", CANARIES) == {}
