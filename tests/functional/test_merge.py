"""Profiles that turn out to be one customer (P2): merged by rule, nothing of theirs lost."""

from typing import Any

import pytest

from tests.functional.workshop import Workshop

PROPERTIES = """\
email: {identifier: true}
card: {identifier: true}
name: text
nick: {merge: oldest}
score: {type: integer, merge: highest}
since: {type: date, merge: lowest}
tier: {merge: keep}
tags: {multi: true}
spent: decimal(18,2)
"""
GOAL = """\
- name: rows
  kind: import_profiles
  files: {rows: "rows_*.csv"}
  identify: {by: [{email: rows.email}, {card: rows.card}], on_conflict: merge}
  map:
    name: rows.name
    nick: rows.nick
    score: rows.score
    since: rows.since
    tier: rows.tier
    tags: {from: rows.tags, strategy: add}
    spent: {from: rows.amount, strategy: sum}
"""
HEAD = "email,card,name,nick,score,since,tier,tags,amount\n"
ANNA = "anna@x.nl,,Anna,Annie,7,2020-02-02,gold,a|b,10.00\n"
CARD = ",c200,A. Smit,Smitty,9,2019-01-01,,b|c,2.50\n"
LINK = "anna@x.nl,c200,,,,,,,1.00\n"
LEDGERS = """
    select 'row', goal, row_hash::varchar, profile_id::varchar from runner.rows
    union all
    select 'sum', sources, line_hash::varchar, profile_id::varchar from runner.sums
    union all
    select 'identifier', identifier, value, profile_id::varchar from runner.identifiers
    union all
    select 'alias', relation, alias_id::varchar, profile_id::varchar from runner.aliases
    union all
    select 'conflict', goal, file || line, profiles::varchar from runner.conflicts
    order by all
"""


def merge_two(shop: Workshop, goal: str = GOAL) -> None:
    """Import two customers, then a row that says that they are one."""
    shop.properties(PROPERTIES)
    shop.goals(goal)
    for number, row in enumerate((ANNA, CARD, LINK)):
        shop.drop(f"rows_{number}.csv", HEAD + row)
        shop.build()


def everything(shop: Workshop) -> list[list[tuple[Any, ...]]]:
    """Return profiles and ledgers."""
    return [shop.profiles("*", "profile_id"), shop.rows(LEDGERS)]


def check_again(shop: Workshop) -> None:
    """A build without news changes nothing, and neither does a full refresh (P6)."""
    before = everything(shop)
    shop.build()
    assert everything(shop) == before
    shop.build("--full-refresh")
    assert everything(shop) == before


def test_profiles_become_the_oldest_each_property_by_its_rule(shop: Workshop) -> None:
    merge_two(shop)
    values = shop.profiles(
        "email, card, name, nick, score, since::varchar, tier, tags, spent::varchar"
    )
    assert values == [
        ("anna@x.nl", "c200", "A. Smit", "Annie", 9, "2019-01-01", "gold", ["a", "b", "c"], "13.50")
    ]
    assert shop.results()["shop.rows"]["profiles"] == {
        "created": 0,
        "updated": 1,
        "unchanged": 0,
        "merged": 1,
    }
    assert shop.outcomes("shop.rows") == {"updated": 1}
    check_again(shop)


def test_oldest_profile_survives_and_the_other_id_becomes_an_alias(shop: Workshop) -> None:
    shop.properties(PROPERTIES)
    shop.goals(GOAL)
    shop.drop("rows_0.csv", HEAD + ANNA)
    shop.build()
    ids = [shop.profiles("profile_id")[0][0]]
    shop.drop("rows_1.csv", HEAD + CARD)
    shop.build()
    ids += [row[0] for row in shop.profiles("profile_id") if row[0] not in ids]
    shop.drop("rows_2.csv", HEAD + LINK)
    shop.build()
    assert shop.profiles("profile_id") == [(ids[0],)]
    assert shop.rows("select * from profile_aliases") == [(ids[1], ids[0])]
    found = shop.rows("select distinct profile_id from runner.identifiers")
    assert found == shop.rows("select distinct profile_id from runner.rows") == [(ids[0],)]


def test_aliases_of_aliases_name_the_last_survivor(shop: Workshop) -> None:
    """Bert takes in Anna's card, then the older Anna takes in Bert."""
    shop.properties(PROPERTIES)
    shop.goals(GOAL)
    rows = ("anna@x.nl,,A", "bert@x.nl,,B", ",c200,C", "bert@x.nl,c200,", ",c300,D")
    for number, row in enumerate((*rows, "anna@x.nl,c300,", "anna@x.nl,c200,")):
        shop.drop(f"rows_{number}.csv", HEAD + row + ",,,,,,\n")
        shop.build()
    profile = shop.profiles("profile_id")
    assert len(profile) == 1
    assert shop.rows("select count(*), any_value(profile_id) from profile_aliases") == [
        (3, profile[0][0])
    ]
    check_again(shop)


def test_three_profiles_of_one_batch_become_one(shop: Workshop) -> None:
    shop.properties(PROPERTIES)
    shop.goals(GOAL)
    shop.drop("rows_0.csv", HEAD + ANNA + CARD + ",c300,Third,,1,,,z,4\n")
    shop.build()
    shop.drop("rows_1.csv", HEAD + "new@x.nl,c200,,,,,,,\nnew@x.nl,c300,,,,,,,\n" + LINK)
    shop.build()
    assert shop.profiles("spent::varchar, list_sort(tags)") == [("17.50", ["a", "b", "c", "z"])]
    assert shop.results()["shop.rows"]["profiles"]["merged"] == 2
    check_again(shop)


def test_sums_of_both_are_taken_back_when_the_goal_changes(shop: Workshop) -> None:
    """P5 after P2: what the other profile summed is taken from the survivor."""
    merge_two(shop)
    shop.goals(GOAL.replace("from: rows.amount", "from: rows.score"))
    shop.build()
    assert shop.profiles("spent::int") == [(16,)]


def test_file_that_comes_again_finds_the_survivor(shop: Workshop) -> None:
    merge_two(shop)
    shop.drop("rows_1.csv", HEAD + CARD + ",c200,New name,,,,,,\n")
    shop.build()
    assert shop.outcomes("shop.rows") == {"updated": 2}
    assert shop.profiles("name, spent::varchar") == [("New name", "13.50")]
    check_again(shop)


def test_rows_known_before_are_the_survivors_in_the_build_that_merges(shop: Workshop) -> None:
    shop.properties(PROPERTIES)
    shop.goals(GOAL)
    shop.drop("rows_0.csv", HEAD + ANNA)
    shop.build()
    shop.drop("rows_1.csv", HEAD + CARD)
    shop.build()
    shop.drop("rows_1.csv", HEAD + LINK.replace("c200,", "c200,Both") + CARD)
    shop.build()
    assert shop.profiles("name, spent::varchar") == [("A. Smit", "13.50")]
    check_again(shop)


def test_goal_that_begins_to_merge_merges_whom_it_kept_apart(shop: Workshop) -> None:
    merge_two(shop, GOAL.replace("on_conflict: merge", "on_conflict: first"))
    assert len(shop.profiles("profile_id")) == 2
    shop.goals(GOAL)
    shop.build()
    assert shop.profiles("email, card, spent::varchar") == [("anna@x.nl", "c200", "13.50")]
    ids = shop.profiles("profile_id")
    shop.build("--full-refresh")
    assert shop.profiles("profile_id") == ids


def test_equally_old_profiles_get_the_id_that_a_rebuild_gives(shop: Workshop) -> None:
    """P3: the first row of all names them, also where its profile is not the one of lower id."""
    shop.properties(PROPERTIES)
    shop.goals(GOAL.replace("on_conflict: merge", "on_conflict: first"))
    shop.drop("rows_0.csv", HEAD + ANNA + CARD)
    shop.build()
    ((anna,),) = shop.rows("select profile_id from profiles where email is not null")
    assert anna != shop.profiles("min(profile_id)")[0][0]
    shop.drop("rows_1.csv", HEAD + LINK)
    shop.build()
    shop.goals(GOAL)
    shop.build()
    assert shop.profiles("profile_id") == [(anna,)]
    shop.build("--full-refresh")
    assert shop.profiles("profile_id") == [(anna,)]


def test_oldest_and_latest_are_told_by_first_and_last_change(shop: Workshop) -> None:
    shop.properties(PROPERTIES)
    shop.goals(GOAL)
    for number, row in enumerate((ANNA, CARD, "anna@x.nl,,Anna S.,,,,,,\n", LINK)):
        shop.drop(f"rows_{number}.csv", HEAD + row)
        shop.build()
    assert shop.profiles("name, nick") == [("Anna S.", "Annie")]
    check_again(shop)


def test_columns_of_map_rest_keep_the_latest_value(shop: Workshop) -> None:
    shop.properties("email: {identifier: true}\ncard: {identifier: true}\n")
    shop.goals(
        """\
        - name: other
          kind: import_profiles
          files: {rows: "other_*.csv"}
          identify: {by: [{email: rows.email}]}
          map_rest: true
        - name: rows
          kind: import_profiles
          files: {rows: "rows_*.csv"}
          identify: {by: [{email: rows.email}, {card: rows.card}], on_conflict: merge}
        """
    )
    shop.drop("other_1.csv", "email,shoe\nanna@x.nl,40\nbert@x.nl,41\n")
    shop.drop("rows_1.csv", "email,card\nbert@x.nl,c200\n")
    shop.build()
    shop.drop("rows_2.csv", "email,card\nanna@x.nl,c200\n")
    shop.build()
    assert shop.profiles("email, card, shoe") == [("bert@x.nl", "c200", "41")]


ORDERS = """\
- name: orders
  kind: import_profiles
  files: {lines: "orders_*.csv"}
  identify: {by: [{email: lines.email}, {card: lines.card}], on_conflict: merge}
  events:
    - type: order
      id: lines.order
      at: lines.at
      nested: {product: {id: lines.sku}}
    - type: interaction
      at: lines.at
      properties: {name: lines.sku}
"""
ORDER_HEAD = "email,card,order,at,sku\n"


def test_events_and_their_items_go_to_the_survivor_and_are_told_once(shop: Workshop) -> None:
    shop.properties(PROPERTIES)
    shop.write("models/events/interaction.yml", "properties: {name: text}\n")
    shop.goals(ORDERS)
    first = "anna@x.nl,,o1,2024-01-01,p1\n"
    other = ",c200,o2,2024-01-02,p2\n"
    shop.drop("orders_1.csv", ORDER_HEAD + first)
    shop.build()
    shop.drop("orders_2.csv", ORDER_HEAD + other)
    shop.build()
    shop.drop("orders_3.csv", ORDER_HEAD + "anna@x.nl,c200,o3,2024-01-03,p3\n")
    shop.build()
    survivor = shop.profiles("profile_id")
    assert len(survivor) == 1
    for table in ("events_order", "events_order_product", "events_interaction", "timeline"):
        assert shop.rows(f"select distinct profile_id from {table}") == survivor, table
    before = shop.rows("select type, event_id, profile_id from timeline order by all")
    assert len(before) == 6
    shop.drop("orders_2.csv", ORDER_HEAD + other + ",c200,o4,2024-01-04,p4\n")
    shop.build()
    after = shop.rows("select type, event_id, profile_id from timeline order by all")
    assert len(after) == 8
    assert set(before) < set(after)
    shop.build("--full-refresh")
    assert shop.rows("select type, event_id, profile_id from timeline order by all") == after


def test_groups_are_merged_as_profiles_are(shop: Workshop) -> None:
    shop.properties("email: {identifier: true}\nhousehold: {group: household}\n")
    shop.write(
        "models/groups/household.yml",
        """\
        properties:
          household_id: {identifier: true}
          address: {identifier: true}
          income: decimal(18,2)
        """,
    )
    shop.goals(
        """\
        - name: houses
          kind: import_groups
          group_type: household
          files: {rows: "houses_*.csv"}
          identify:
            by: [{household_id: rows.id}, {address: rows.address}]
            on_conflict: merge
          map: {income: {from: rows.income, strategy: sum}}
        - name: people
          kind: import_profiles
          files: {rows: "people_*.csv"}
          identify: {by: [{email: rows.email}]}
          map: {household: rows.house}
        """
    )
    shop.drop("people_1.csv", "email,house\nanna@x.nl,h1\nbert@x.nl,h2\n")
    shop.drop("houses_1.csv", "id,address,income\nh1,,10\n")
    shop.drop("houses_2.csv", "id,address,income\nh2,Dam 1,20\n")
    shop.build()
    assert shop.rows("select members from groups_household") == [(1,), (1,)]
    shop.drop("houses_3.csv", "id,address,income\nh1,Dam 1,5\n")
    shop.build()
    assert shop.rows("select household_id, income::int, members from groups_household") == [
        ("h2", 35, 2)
    ]
    assert shop.rows("select count(distinct group_id) from profile_groups") == [(1,)]
    assert shop.rows("select count(*) from profile_aliases") == [(0,)]
    assert shop.rows("select relation from runner.aliases") == [("main.groups_household",)]


def test_rule_that_does_not_fit_its_property_is_told_at_its_line(shop: Workshop) -> None:
    shop.properties(
        """\
        email: {identifier: true}
        name: {merge: both}
        tags: {multi: true, merge: highest}
        spent: {type: integer, merge: lowest}
        born: {type: date, merge: sum}
        phone: {max_matches: 3}
        """
    )
    shop.goals(
        """\
        - name: rows
          kind: import_profiles
          files: {rows: rows.csv}
          identify: {by: [{email: rows.email}], on_conflict: marge}
          map: {spent: {from: rows.spent, strategy: sum}}
        """
    )
    ended = shop.run("compile")
    assert ended.code == 2
    assert "Did you mean 'merge'?" in ended.told
    shop.goals(
        """\
        - name: rows
          kind: import_profiles
          files: {rows: rows.csv}
          identify: {by: [{email: rows.email}], on_conflict: merge}
          map: {spent: {from: rows.spent, strategy: sum}}
        """
    )
    ended = shop.run("compile")
    assert ended.code == 2
    for told in (
        "models/properties.yml:3:17: `both` needs a property of several values (`multi: true`):"
        " `name` is text. Allowed here: keep, latest, oldest",
        "`highest` needs a number, a date, a time or a boolean: `tags` is a list of text",
        "`sum` needs a number: `born` is date",
        "the goal shop.rows sums `spent`: found 'lowest', expected `sum`",
        "no goal finds anything by `phone`",
    ):
        assert told in ended.told


EXPORT = """\
- name: out
  kind: export_profiles
  segment: everybody
  directory: in
  file_name: "{change}.csv"
  changes: added_changed_removed
  columns: [COLUMNS{header: NAME, property: name}]
"""


@pytest.mark.parametrize("has_id", [True, False])
def test_partner_is_told_of_an_old_id_where_ids_are_sent(shop: Workshop, has_id: bool) -> None:
    """X5: without ids and identifiers, what the file says of a person is its key."""
    shop.properties(PROPERTIES)
    shop.write(
        "models/segments/everybody.sql",
        "{{ config(materialized='segment') }}select profile_id from {{ ref('profiles') }}",
    )
    column = "{header: ID, profile_id: true}, " if has_id else ""
    shop.goals(GOAL + EXPORT.replace("COLUMNS", column))
    shop.drop("rows_0.csv", HEAD + ANNA)
    shop.drop("rows_1.csv", HEAD + CARD)
    shop.build()
    shop.drop("rows_2.csv", HEAD + LINK)
    told = shop.build()["shop.out"]
    ((alias, _),) = shop.rows("select * from profile_aliases")
    removed = (shop.folder / "drop/in/removed.csv").read_text(encoding="utf-8").splitlines()
    assert removed == (["ID,NAME", f"{alias},"] if has_id else ["NAME", "Anna"])
    assert told["message"] == ("1 changed, 1 removed" if has_id else "1 removed")
    assert shop.build()["shop.out"]["exported"] == []


def test_property_may_have_the_name_of_what_orders_the_profiles(shop: Workshop) -> None:
    properties = PROPERTIES + "age: {type: integer, merge: oldest}\nrecency: text\n"
    goal = GOAL + "    age: rows.age\n    recency: rows.age\n"
    shop.properties(properties)
    shop.goals(goal)
    for number, (row, age) in enumerate(((ANNA, 41), (CARD, 52), (LINK, ""))):
        lines = f"{HEAD.strip()},age\n{row.strip()},{age}\n"
        shop.drop(f"rows_{number}.csv", lines)
        shop.build()
    assert shop.profiles("email, age, recency") == [("anna@x.nl", 41, "52")]
