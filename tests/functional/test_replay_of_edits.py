"""What came before a goal was edited is replayed where it came, and again where it was edited (P6)."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.functional.workshop import Workshop
from tests.thorough import IS_THOROUGH

pytestmark = pytest.mark.any_engine

PROPERTIES = """\
id: {identifier: true}
card: {identifier: true}
city: text
n: integer
spent: decimal(18,2)
tags: {multi: true}
seen: {multi: true}
"""
PEOPLE = """\
- name: people
  kind: import_profiles
  files: {people: "people_*.csv"}
  identify: {by: [{id: people.id}, {card: people.card}], on_conflict: merge}
  map:
    spent: {from: people.spent, strategy: sum}
    tags: {from: people.tag, strategy: add}
"""
VISITS = """\
- name: visits
  kind: import_profiles
  files: {visits: "visits_*.csv"}
  identify: {create_profiles: false, by: [{id: visits.id}]}
  map:
    n: {value: 1, strategy: sum}
    seen: {from: visits.at, strategy: add}
"""
REFUSALS = """\
- name: refusals
  kind: import_profiles
  files: {refusals: "refusals_*.csv"}
  identify: {create_profiles: false, by: [{id: refusals.id}]}
  map: {tags: {from: refusals.tag, strategy: remove}}
"""
ORDERS = """\
- name: orders
  kind: import_profiles
  files: {orders: "orders_*.csv"}
  identify: {by: [{card: orders.card}, {id: orders.id}], on_conflict: merge}
  map: {city: orders.city}
"""
GOALS = PEOPLE + VISITS + REFUSALS + ORDERS
EDITED = GOALS.replace("from: people.spent", "from: people.spent || '0'")
AGAIN = EDITED.replace("people.spent || '0'", "people.spent || '00'")
TABLES = ("profiles", "profile_aliases", "runner.identifiers", "runner.additions")
LEDGERS = ("runner.rows", "runner.sums")


def everything(shop: Workshop) -> dict[str, list[object]]:
    return {
        **{name: shop.rows(f"select * from {name} order by all") for name in TABLES},
        **{
            name: shop.rows(f"select * exclude (origin) from {name} order by all")
            for name in LEDGERS
        },
    }


def refresh(shop: Workshop) -> None:
    shop.build("--full-refresh")


def undo_other(shop: Workshop) -> None:
    shop.drop("other.csv", "id\nz\n")
    shop.build()
    ended = shop.run("undo", "other.csv")
    assert ended.code == 0, ended.told


def lose(shop: Workshop) -> None:
    shop.warehouse.unlink()
    refresh(shop)


WAYS = (refresh, undo_other, lose)


@pytest.fixture(scope="module")
def built_shop(shared_shop: Workshop) -> Workshop:
    """Rows of goals without profiles of their own came before the goal was edited that makes them."""
    shared_shop.properties(PROPERTIES)
    shared_shop.write("connections/other.yml", "connection: other\ntype: local\npath: drop\ngoals:\n"
               "  - name: others\n    kind: import_profiles\n    files: {others: other.csv}\n"
               "    identify: {by: [{id: others.id}]}\n")  # fmt: skip
    shared_shop.goals(GOALS)
    shared_shop.drop("people_1.csv", "id,card,spent,tag\na,,1,t\n,7,2,u\nb,8,3,t\n")
    shared_shop.drop("visits_1.csv", "id,at\na,1\na,2\nc,3\n")
    shared_shop.build()
    shared_shop.drop("refusals_1.csv", "id,tag\na,t\nb,t\n")
    shared_shop.drop("orders_1.csv", "id,card,city\nb,8,Delft\n")
    shared_shop.build()
    shared_shop.drop("people_2.csv", "id,card,spent,tag\na,7,4,v\nc,,8,t\n")
    shared_shop.drop("visits_2.csv", "id,at\nc,4\n")
    shared_shop.build()
    shared_shop.goals(EDITED)
    shared_shop.build()
    return shared_shop


@pytest.fixture
def edited(built_shop: Workshop, tmp_path: Path) -> Workshop:
    return built_shop.copied(tmp_path / "shop")


def check(shop: Workshop, *ways: Callable[[Workshop], None]) -> None:
    """Each way to replay, one after the other, gives what the builds led to."""
    before = everything(shop)
    for replay in ways:
        replay(shop)
        assert everything(shop) == before, replay.__name__


def test_goals_without_profiles_of_their_own_find_those_that_they_found(edited: Workshop) -> None:
    assert edited.profiles("id, card, n, spent, tags, city") == [
        ("a", "7", 2, 70, ["t", "u", "v"], None),
        ("b", "8", None, 30, ["t"], "Delft"),
        ("c", None, 2, 80, ["t"], None),
    ]
    check(edited, *WAYS[1:], Workshop.build)
    assert edited.rows("select count(*) from profile_aliases") == [(1,)]


@pytest.mark.thorough
def test_goal_that_is_edited_again_and_back_replays_the_same(edited: Workshop) -> None:
    """Also where a full refresh brings the last edit."""
    edited.drop("visits_3.csv", "id,at\nd,5\n")
    edited.drop("people_3.csv", "id,card,spent,tag\nd,,16,t\n")
    edited.build()
    edited.goals(AGAIN)
    edited.drop("people_1.csv", "id,card,spent,tag\na,,1,w\nb,8,3,t\ne,,5,t\n")
    edited.build()
    edited.drop("visits_4.csv", "id,at\ne,6\n")
    edited.build()
    if IS_THOROUGH:
        check(edited, *WAYS)
    edited.goals(GOALS)
    edited.drop("people_1.csv", "id,card,spent,tag\na,,1,t\nb,8,3,t\ne,,5,t\nf,,6,\n")
    edited.build()
    edited.drop("visits_5.csv", "id,at\nf,7\n")
    edited.build()
    check(edited, *(WAYS if IS_THOROUGH else WAYS[:1]))
    edited.goals(EDITED)
    refresh(edited)
    spent = [("a", 2, 50), ("b", None, 30), ("c", 2, 80), ("d", 1, 160), ("e", 1, 50), ("f", 1, 60)]
    assert edited.profiles("id, n, spent") == spent
    check(edited, refresh)


def test_undone_file_gives_way_to_what_came_before_it(edited: Workshop) -> None:
    """Had the correction not come, the edited goal had imported the first form again."""
    edited.drop("people_1.csv", "id,card,spent,tag\na,,100,w\n")
    edited.build()
    edited.goals(AGAIN)
    edited.build()
    assert edited.profiles("id, n, spent") == [
        ("a", 2, 10400), ("b", None, None), ("c", 2, 800),
    ]  # fmt: skip
    ended = edited.run("undo", "people_1.csv")
    assert ended.code == 0, ended.told
    assert edited.profiles("id, n, spent") == [("a", 2, 700), ("b", None, 300), ("c", 2, 800)]
    check(edited, refresh)


def test_file_that_no_longer_fits_keeps_no_refresh_from_its_end(edited: Workshop) -> None:
    """What it gave was taken back when the goal changed: it is told, and nothing else is lost."""
    edited.drop("people_1.csv", "id,card,price,tag\na,,1,t\n,7,2,u\nb,8,3,t\n")
    edited.drop("people_2.csv", "id,card,price,tag\na,7,4,v\nc,,8,t\n")
    edited.goals(GOALS.replace("people.spent", "people.price"))
    edited.build()
    spent = edited.profiles("id, spent", "id")
    ended = edited.run("build", "--full-refresh")
    assert ended.code == 0, ended.told
    told = "shop.people: files that it imported before its definition changed do not fit"
    assert told in ended.told
    assert edited.profiles("id, spent", "id") == spent
    assert edited.run("build").told.count("do not fit") == 0


def test_edit_that_a_rollback_took_back_loses_nothing_with_the_warehouse(edited: Workshop) -> None:
    assert edited.run("rollback").code == 0
    edited.goals(GOALS)
    edited.drop("people_3.csv", "id,card,spent,tag\nd,,16,t\n")
    edited.build()
    found = edited.profiles("id, spent")
    assert found == [("a", 7), ("b", 3), ("c", 8), ("d", 16)]
    lose(edited)
    assert edited.profiles("id, spent") == found
