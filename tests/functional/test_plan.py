"""`runner plan`: what it shows comes true in the build after it, and it changes nothing itself."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from runner.warehouse.lock import locked
from tests.functional.workshop import Workshop

pytestmark = pytest.mark.any_engine

PROPERTIES = """\
customer: {identifier: true}
email: {identifier: true, pii: true}
city: text
spent: decimal(18,2)
tags: {multi: true}
home: {group: household}
"""
GOALS = """\
- name: people
  kind: import_profiles
  done_suffix: true
  files: {people: "people_*.csv"}
  identify: {by: [{customer: people.customer}, {email: people.email}], on_conflict: merge}
  map:
    city: {from: people.city, strategy: set_or_clear}
    spent: {from: people.spent, strategy: sum}
    home: people.home
  events:
    - {type: order, id: people.number, at: people.at}
- name: homes
  kind: import_groups
  group_type: household
  files: {homes: homes.csv}
  identify: {by: [{household_id: homes.id}]}
  map: {street: homes.street}
- name: spenders
  kind: export_profiles
  segment: spenders
  directory: out
  file_name: spenders.csv
  changes: added_changed_removed
  columns:
    - {header: ID, property: customer}
    - {header: CITY, property: city}
    - {header: CHANGE, change: true}
- name: everyone
  kind: export_profiles
  segment: everyone
  directory: out
  file_name: everyone.csv
  columns: [{header: ID, property: customer}]
"""
HEAD = "number,customer,email,city,spent,home,at\n"
FIRST = (
    HEAD
    + """\
1,a,a@x.example,Delft,100,h1,2024-01-01
2,b,b@x.example,Breda,5,h1,2024-01-02
3,c,c@x.example,Gouda,70,h2,2024-01-03
4,d,d@x.example,Assen,80,,2024-01-04
"""
)
SECOND = (
    HEAD
    + """\
5,a,,,1,,2024-02-01
6,b,,Ede,60,,2024-02-02
7,e,e@x.example,Urk,90,h2,2024-02-03
8,c,d@x.example,Gouda,0,,2024-02-04
?,,,,,,
"""
)
OF_WAREHOUSE = """
select
    (select count(*) from later.profiles as p anti join profiles as q using (profile_id)),
    (select count(*) from profiles as p anti join later.profiles as q using (profile_id)),
    (select count(*) from profiles as p join later.profiles as q using (profile_id)
        where p.city is not null and q.city is null),
    (select count(*) from profiles as p join later.profiles as q using (profile_id)
        where p.city != q.city)
"""


@pytest.fixture(scope="module")
def built_shop(shared_shop: Workshop) -> Workshop:
    shop = shared_shop
    shop.properties(PROPERTIES)
    shop.write("models/events/order.yml", "properties: {}\n")
    shop.write("models/groups/household.yml",
               "properties: {household_id: {identifier: true}, street: {pii: true}}\n")  # fmt: skip
    select = "select profile_id from {{ ref('profiles') }}\n"
    shop.write("models/segments/spenders.sql", f"{select}where spent >= 60\n")
    shop.write("models/segments/everyone.sql", select)
    shop.goals(GOALS)
    shop.drop("people_1.csv", FIRST)
    shop.drop("homes.csv", "id,street\nh1,Elm 1\nh2,Oak 2\n")
    before = everything(shop)
    first = planned(shop)
    assert (first["based_on"], first["profiles"]["created"]) == (None, 4)
    assert everything(shop) == before
    check(shop, first)
    return shop


@pytest.fixture
def shop(built_shop: Workshop, tmp_path: Path) -> Workshop:
    return built_shop.copied(tmp_path / "shop")


def planned(shop: Workshop, *options: str, code: int = 0) -> Any:
    """Return the plan of a build."""
    ended = shop.run("plan", "--format", "json", *options)
    assert ended.code == code, ended.told
    return json.loads(ended.stdout)


def everything(shop: Workshop) -> dict[str, tuple[str, int]]:
    """Return hash and time of each file of a project: what was built, what is on its server."""
    return {
        path.relative_to(shop.folder).as_posix(): (
            hashlib.sha256(path.read_bytes()).hexdigest(),
            path.stat().st_mtime_ns,
        )
        for path in shop.folder.rglob("*")
        if path.is_file() and not path.name.endswith(".lock")
    }


def check(shop: Workshop, plan: Any, *options: str) -> None:
    """Build: all must be as a plan says."""
    ended = shop.run("build", *options)
    assert ended.code == plan["exit_code"], ended.told
    results = json.loads((shop.folder / "target/run_results.json").read_text("utf-8"))
    for node in (*plan["results"], *results["results"]):
        del node["execution_time"]
    assert plan["results"] == results["results"]
    assert plan["warnings"] == results["warnings"]
    assert plan["published"] == results["published"]
    assert plan["profiles"]["later_count"] == results["profiles"]
    for segment in plan["segments"]:
        assert shop.rows(f"select count(*) from segments.{segment['name']}") == [
            (segment["later_count"],)
        ]
    for export in plan["exports"]:
        for file in export["files"]:
            sent = (shop.folder / "drop" / file["path"]).read_bytes()
            assert hashlib.sha256(sent).hexdigest() == file["sha256"]


def test_plan_comes_true_and_changes_nothing_itself(shop: Workshop) -> None:
    shop.drop("people_2.csv", SECOND)
    shop.drop("homes.csv", "id,street\nh1,Elm 1\nh2,Ash 3\nh3,Fir 4\n")
    shop.goals(GOALS.replace("strategy: sum", "strategy: max"))
    before = everything(shop)
    # It waits for no build.
    with locked(shop.warehouse, "runner build"):
        plan = planned(shop)
    assert "`runner build` (process " in plan["running"]
    assert everything(shop) == before
    (changed,) = (one for one in plan["definitions"] if one["name"] == "shop.people")
    assert (changed["state"], changed["files"]) == ("modified", 1)
    profiles = plan["profiles"]
    counts = ("earlier_count", "later_count", "created", "cleared", "merged", "removed")
    assert [profiles[name] for name in counts] == [4, 4, 1, 1, 1, 0]
    (city,) = (one for one in profiles["properties"] if one["name"] == "city")
    assert (city["filled"], city["replaced"], city["cleared"]) == (0, 1, 1)
    assert {(one["before"], one["after"]) for one in city["examples"]} == {
        ("Delft", None),
        ("Breda", "Ede"),
    }
    (homes,) = plan["groups"].values()
    assert (homes["created"], homes["changed"]) == (1, 1)
    assert homes["properties"][0]["examples"][0]["after"] == "Xxx 9"
    counts = {"earlier_count": 4, "later_count": 8, "created": 4, "changed": 1, "removed": 0}
    assert plan["events"] == [{"type": "order"} | counts]
    spenders, = (one for one in plan["segments"] if one["name"] == "spenders")  # fmt: skip
    assert (spenders["entering"], spenders["leaving"]) == (2, 1)
    sent = {export["name"]: export for export in plan["exports"]}
    assert sent["shop.spenders"]["changes"] == {"added": 2, "changed": 1, "removed": 1}
    later = shop.copied(shop.folder.parent / "later")
    check(later, plan)
    with_later = f"attach '{later.warehouse}' as later (read_only); {OF_WAREHOUSE}"
    assert shop.rows(with_later) == [
        (1, 1, city["cleared"], city["replaced"]),
    ]
    assert (later.folder / "drop/people_2.csv.done").exists()
    idle = planned(later)
    check(later, idle)
    assert idle["profiles"]["later_count"] == profiles["later_count"]
    assert not idle["profiles"]["changed"]


def test_plan_of_a_build_that_fails_has_its_code_and_its_reasons(shop: Workshop) -> None:
    shop.goals(
        GOALS.replace(
            "  files: {homes: homes.csv}", "  max_change: 10%\n  files: {homes: homes.csv}"
        )
    )
    shop.drop("homes.csv", "id,street\nh1,Elm 2\nh2,Ash 3\n")
    shop.drop("people_2.csv", SECOND)
    shop.write(
        "tests/assert_no_one_in_urk.sql", "select * from {{ ref('profiles') }} where city = 'Urk'\n"
    )
    before = everything(shop)
    plan = planned(shop, code=1)
    assert everything(shop) == before
    assert not plan["published"]
    assert "assert_no_one_in_urk" in plan["unpublished"]
    of_limit, of_test = plan["errors"]
    assert of_limit["name"] == "shop.homes"
    assert "`max_change` allows 10%" in of_limit["message"]
    assert of_test["name"] == "assert_no_one_in_urk"
    # What analysts do not see of a build that is not published is shown as well.
    assert plan["profiles"]["created"] == 1
    ended = shop.run("build")
    assert ended.code == 1
    nodes = shop.results()
    for node in plan["results"]:
        assert node["message"] == nodes[node["unique_id"].split(".", 2)[2]]["message"]
    markdown = shop.run("plan", "-q", "--format", "markdown", "--show-pii")
    assert markdown.code == 1
    assert markdown.stdout.startswith(
        "## Plan of a build, target local\n\n**A build would NOT publish"
    )
    assert "e\\@x.example" not in markdown.stdout
