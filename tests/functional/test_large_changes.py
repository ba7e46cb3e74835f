"""`max_change`: a goal that would change too much is stopped before it does."""

from pathlib import Path

import pytest

from tests.functional.workshop import Workshop

pytestmark = pytest.mark.any_engine

IMPORT = """\
- name: people
  kind: import_profiles
  files: {people: people_*.csv}
  identify: {by: [{id: people.id}]}
  map: {city: {from: people.city, strategy: set_or_clear}, spent: {from: people.spent, strategy: sum}}
  max_change: 30%
"""
EXPORT = """\
- name: far
  kind: export_profiles
  segment: far
  directory: out
  file_name: far.csv
  columns:
    - {header: ID, property: id}
  max_change: 30%
"""
TEN = "id,city,spent\n" + "".join(f"p{number},Delft,1\n" for number in range(10))


@pytest.fixture(scope="module")
def built_shop(shared_shop: Workshop) -> Workshop:
    shared_shop.properties("id: {identifier: true}\ncity: text\nspent: decimal\n")
    shared_shop.write("models/segments/far.sql", "select profile_id from {{ ref('profiles') }}\n"
               "where city = 'Delft'\n")  # fmt: skip
    shared_shop.goals(IMPORT)
    shared_shop.drop("people_1.csv", TEN)
    # The first import has nothing to be compared with.
    shared_shop.build()
    assert shared_shop.rows("select count(*) from profiles") == [(10,)]
    return shared_shop


@pytest.fixture
def people(built_shop: Workshop, tmp_path: Path) -> Workshop:
    return built_shop.copied(tmp_path / "shop")


def failure(shop: Workshop, goal: str, *options: str) -> str:
    """Return how a build that fails tells of a goal."""
    ended = shop.run("build", *options)
    assert ended.code == 1, ended.told
    assert shop.results()[goal]["status"] == "error"
    return str(shop.results()[goal]["message"])


def test_share_that_is_allowed_goes_through_and_one_more_does_not(people: Workshop) -> None:
    people.drop("people_2.csv", "id,city,spent\np0,Breda,\nnew,Delft,\np1,,\n")
    people.build()
    people.drop("people_3.csv", "id,city,spent\np2,Breda,1\nn1,Delft,\nn2,Delft,\np3,,\n")
    before = people.profiles("id, city, spent")
    message = failure(people, "shop.people")
    assert message == (
        "shop.people: 4 of 11 profiles (36.36%) would be created, changed or removed: 2 created,"
        " 2 changed (1 with a value cleared), 0 removed; nothing of it was applied, and"
        " `max_change` allows 30%\nlook at what came; `--allow-large-change` lets it through once"
    )
    # Nothing of it stays, and the next build is stopped too.
    assert people.profiles("id, city, spent") == before
    assert "connections/shop.yml:10:17" in people.run("build").told
    assert people.results()["shop.people"]["message"] == message
    ended = people.run("build", "--allow-large-change")
    assert ended.code == 0, ended.told
    assert people.rows("select count(*) from profiles") == [(13,)]
    # A full refresh replays what was allowed before.
    people.build("--full-refresh")
    assert people.rows("select count(*) from profiles") == [(13,)]


def test_other_goals_go_on_up_to_limits_of_their_own(people: Workshop) -> None:
    """A number is a limit too."""
    other = IMPORT.replace("people", "others").replace("30%", "4")
    people.goals(IMPORT + other)
    people.drop("others_1.csv", "id,city,spent\no1,Delft,\no2,Delft,\n")
    people.build()
    people.drop("people_2.csv", "id,city,spent\n" + "".join(f"q{n},A,\n" for n in range(4)))
    people.drop("others_2.csv", "id,city,spent\n" + "".join(f"r{n},A,\n" for n in range(4)))
    failure(people, "shop.people")
    assert people.results()["shop.others"]["status"] == "success"
    assert people.rows("select count(*) from profiles where city = 'A'") == [(4,)]
    people.drop("others_3.csv", "id,city,spent\n" + "".join(f"s{n},A,\n" for n in range(5)))
    assert "5 of 20 profiles (25%)" in failure(people, "shop.others")


def test_definition_that_changes_everything_is_stopped(people: Workshop) -> None:
    before = people.profiles("id, city, spent")
    people.goals(IMPORT.replace("from: people.city", "from: people.spent"))
    assert "10 of 10 profiles (100%)" in failure(people, "shop.people")
    assert people.profiles("id, city, spent") == before
    # An edit that comes out the same is no change, though sums are taken back in between (P5).
    people.goals(IMPORT.replace("from: people.city", "from: trim(people.city)"))
    people.build()
    assert people.profiles("id, city, spent") == before


def test_project_states_a_limit_for_all_goals(people: Workshop) -> None:
    project = people.folder / "runner_project.yml"
    project.write_text(project.read_text() + "max_change: 10%\n")
    people.goals(IMPORT.replace("  max_change: 30%\n", ""))
    people.drop("people_2.csv", "id,city,spent\nx,A,\ny,A,\n")
    told = people.run("build").told
    assert "`max_change` allows 10%" in told
    assert "runner_project.yml:4:13" in told
    people.goals(IMPORT.replace("30%", "none"))
    people.build()


def test_groups_have_a_change_limit(shop: Workshop) -> None:
    shop.write("models/groups/house.yml", "properties:\n  code: {identifier: true}\n  size:\n")
    shop.goals("""\
        - name: houses
          kind: import_groups
          group_type: house
          files: {houses: houses_*.csv}
          identify: {by: [{code: houses.code}]}
          map: {size: houses.size}
          max_change: 50%
        """)  # fmt: skip
    shop.drop("houses_1.csv", "code,size\na,1\nb,2\n")
    shop.build()
    shop.drop("houses_2.csv", "code,size\na,3\nc,4\n")
    assert "2 of 2 groups (100%)" in failure(shop, "shop.houses")


@pytest.mark.both_engines
def test_feeds_of_products_have_a_change_limit(shop: Workshop) -> None:
    shop.properties("id: {identifier: true}\n")
    shop.goals("""\
        - name: feed
          kind: import_products
          files: {feed: feed_*.csv}
          id: feed.id
          map: {name: feed.name}
          max_change: 50%
        """)  # fmt: skip
    shop.drop("feed_1.csv", "id,name\na,1\nb,2\n")
    shop.build()
    shop.drop("feed_2.csv", "id,name\na,3\nb,4\n")
    assert "2 of 2 products (100%)" in failure(shop, "shop.feed")


def test_export_that_lost_its_members_is_not_sent(people: Workshop) -> None:
    """Nor is one of changes."""
    change = "    - {header: CHANGE, change: true}\n  max_change"
    changes = EXPORT.replace("  max_change", change).replace("far", "moves", 1)
    changes = changes.replace("far.csv", "moves.csv") + "  changes: added_changed_removed\n"
    people.goals(IMPORT.replace("30%", "none") + EXPORT + changes)
    people.build()
    sent = [people.folder / f"drop/out/{name}.csv" for name in ("far", "moves")]
    first = [path.read_bytes() for path in sent]
    moved = "".join(f"p{number},Breda,\n" for number in range(3))
    people.drop("people_2.csv", f"id,city,spent\n{moved}new,Delft,\n")
    text = (
        "4 of 10 members sent last (40%) would come or go: 1 come, 3 go; nothing was sent, and"
        " `max_change` allows 30%\nlook at what came; `--allow-large-change` lets it through once"
    )
    assert failure(people, "shop.far") == f"shop.far: {text}"
    assert people.results()["shop.moves"]["message"] == f"shop.moves: {text}"
    assert people.results()["shop.people"]["status"] == "success"
    assert [path.read_bytes() for path in sent] == first
    failure(people, "shop.far")
    people.build("--allow-large-change")
    assert not any(path.read_bytes() in first for path in sent)
    # From now on what was let through is what is compared with.
    people.drop("people_3.csv", "id,city,spent\nnew,Breda,\n")
    people.build()


def test_change_limit_added_later_compares_with_the_next_export(people: Workshop) -> None:
    free = EXPORT.replace("  max_change: 30%\n", "")
    people.goals(IMPORT.replace("30%", "none") + free)
    people.build()
    people.drop("people_2.csv", "id,city,spent\n" + "".join(f"p{n},B,\n" for n in range(8)))
    people.goals(IMPORT.replace("30%", "none") + EXPORT)
    # What was sent before was not kept: there is nothing to compare with.
    people.build()
    people.goals(IMPORT.replace("30%", "none") + free)
    people.drop("people_3.csv", TEN)
    people.build()
    people.goals(IMPORT.replace("30%", "none") + EXPORT)
    # Members of an export before the last one say nothing of the last one.
    people.build()
    people.drop("people_4.csv", "id,city,spent\n" + "".join(f"p{n},B,\n" for n in range(4)))
    failure(people, "shop.far")


@pytest.mark.parametrize("written", ["30 %", "-1", "a third", "1/3"])
def test_limit_that_is_none_is_a_fault_with_its_location(people: Workshop, written: str) -> None:
    people.goals(IMPORT.replace("30%", f'"{written}"'))
    ended = people.run("build")
    assert ended.code == 2
    assert (
        f"connections/shop.yml:10:17: found '{written}'; expected a share such as 30%, a number"
        " such as 100, or `none`"
    ) in ended.told
