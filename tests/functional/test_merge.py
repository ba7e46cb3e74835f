"""Profiles that turn out to be one customer (P2): merged by rule, nothing of theirs lost."""

from pathlib import Path
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
age: {type: integer, merge: oldest}
recency: text
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
    age: rows.age
    recency: rows.age
"""
OTHER = """\
- name: other
  kind: import_profiles
  files: {rows: other.csv}
  identify: {by: [{email: rows.email}]}
  map_rest: true
"""
EXPORT = """\
- name: {name}
  kind: export_profiles
  segment: everybody
  directory: {name}
  file_name: "{{change}}.csv"
  changes: added_changed_removed
  columns: [{column}{{header: NAME, property: name}}]
"""
EXPORTS = EXPORT.format(name="ids", column="{header: ID, profile_id: true}, ") + EXPORT.format(
    name="names", column=""
)
HEAD = "email,card,name,nick,score,since,tier,tags,amount,age\n"
ANNA = "anna@x.nl,,Anna,Annie,7,2020-02-02,gold,a|b,10.00,41"
CARD = ",c200,A. Smit,Smitty,9,2019-01-01,,b|c,2.50,52"
LINK = "anna@x.nl,c200,,,,,,,1.00"
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


def drop(shop: Workshop, path: str, *rows: str) -> None:
    """Drop a file of rows, whose last columns may be left out."""
    lines = (row + "," * (HEAD.count(",") - row.count(",")) for row in rows)
    shop.drop(path, HEAD + "\n".join(lines) + "\n")


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


@pytest.fixture(scope="module")
def merged_shop(shared_shop: Workshop) -> Workshop:
    """Customers in several profiles, and then rows that say so."""
    shared_shop.properties(PROPERTIES)
    shared_shop.write(
        "models/segments/everybody.sql", "select profile_id from {{ ref('profiles') }}"
    )
    shared_shop.goals(OTHER + GOAL + EXPORTS)
    shared_shop.drop("other.csv", "email,shoe\nm@x.nl,40\nn@x.nl,41\n")
    three = "t@x.nl,,T,,,,,a,10.00", ",t2,,,,,,b,2.50", ",t3,Third,,1,,,z,4"
    drop(shared_shop, "rows_0.csv", ANNA, three[0], "known@x.nl,,,,,,,,10.00", "first@x.nl,,A")
    drop(shared_shop, "rows_1.csv", CARD, three[1], "second@x.nl,,B")
    drop(shared_shop, "rows_2.csv", three[2], ",third,C", ",fourth,D", "n@x.nl,cm")
    known = ",ck,K,,9,,,,2.50"
    drop(shared_shop, "rows_known.csv", known)
    shared_shop.build()

    three = "new@x.nl,t2", "new@x.nl,t3", "t@x.nl,t2,,,,,,,1.00"
    chain = "second@x.nl,third", "first@x.nl,fourth"
    drop(shared_shop, "rows_3.csv", LINK, *three, *chain, "m@x.nl,cm")
    drop(shared_shop, "rows_known.csv", "known@x.nl,ck,Both,,,,,,1.00", known)
    shared_shop.build()
    return shared_shop


def test_profiles_become_the_oldest_each_property_by_its_rule(merged_shop: Workshop) -> None:
    """Old ids become aliases; the partner is sent them, or else the old key (X4, X5)."""
    shop = merged_shop
    assert shop.outcomes("shop.rows") == {"updated": 9}
    assert shop.results()["shop.rows"]["profiles"]["merged"] == 7
    values = (
        "email, card, name, nick, score, since::varchar, tier, tags, spent::varchar, age, recency"
    )
    ages = ("13.50", 41, "52")
    assert shop.rows(f"select {values} from profiles where email = 'anna@x.nl'") == [
        ("anna@x.nl", "c200", "A. Smit", "Annie", 9, "2019-01-01", "gold", ["a", "b", "c"], *ages)
    ]
    others = (
        "select email, card, name, shoe, spent::varchar from profiles where email {} order by 1"
    )
    assert shop.rows(others.format("like 'known@%' or card = 'cm' or email like 't@%'")) == [
        ("known@x.nl", "ck", "K", None, "13.50"),
        ("n@x.nl", "cm", None, "41", None),
        ("t@x.nl", "t3", "Third", None, "17.50"),
    ]
    aliases = {row[0] for row in shop.rows("select alias_id from profile_aliases")}
    assert len(aliases) == 7
    removed = {name: sent(shop, f"{name}/removed.csv") for name in ("ids", "names")}
    assert len(removed["ids"]) == 5, "two had no name, and were never sent"
    assert set(removed["ids"]) < {f"{alias}," for alias in aliases}
    assert removed["names"] == ["A", "Anna", "B", "T"]
    moved = "select distinct profile_id from {} where profile_id not in (from (select profile_id from profiles))"
    for ledger in ("runner.identifiers", "runner.rows", "runner.sums"):
        assert shop.rows(moved.format(ledger)) == [], ledger


def test_later_rows_find_the_survivor(merged_shop: Workshop, tmp_path: Path) -> None:
    """Also of aliases, and of sums that an edited goal takes back (P5)."""
    shop = merged_shop.copied(tmp_path / "shop")
    drop(shop, "rows_4.csv", "first@x.nl,third")
    drop(shop, "rows_1.csv", CARD, ",t2,,,,,,b,2.50", ",c200,New name")
    shop.build()
    assert shop.rows("select name, spent::varchar from profiles where card = 'c200'") == [
        ("New name", "13.50")
    ]
    ((first,),) = shop.rows("select profile_id from profiles where email = 'second@x.nl'")
    found = shop.rows(
        "select alias_id from profile_aliases where profile_id = ?".replace("?", f"'{first}'")
    )
    assert len(found) == 3
    check_again(shop)
    shop.goals(OTHER + GOAL.replace("from: rows.amount", "from: rows.score") + EXPORTS)
    shop.build()
    assert shop.rows("select spent::int from profiles where card in ('c200', 'ck') order by 1") == [
        (9,),
        (16,),
    ]


def sent(shop: Workshop, path: str) -> list[str]:
    return sorted((shop.folder / "drop" / path).read_text(encoding="utf-8").splitlines()[1:])


def test_goal_that_begins_to_merge_merges_whom_it_kept_apart(shop: Workshop) -> None:
    """P3: of equally old profiles the one stays whose id a rebuild gives."""
    shop.properties(PROPERTIES)
    shop.goals(GOAL.replace("on_conflict: merge", "on_conflict: first"))
    drop(shop, "rows_0.csv", ANNA, "bert@x.nl,,Bert", ",c300")
    drop(shop, "rows_1.csv", CARD)
    shop.build()
    drop(shop, "rows_2.csv", LINK, "bert@x.nl,c300")
    shop.build()
    assert len(shop.profiles("profile_id")) == 4
    shop.goals(GOAL)
    shop.build()
    assert shop.profiles("email, card, spent::varchar") == [
        ("anna@x.nl", "c200", "13.50"),
        ("bert@x.nl", "c300", None),
    ]
    ids = shop.profiles("profile_id")
    shop.build("--full-refresh")
    assert shop.profiles("profile_id") == ids


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


@pytest.mark.both_engines
def test_events_and_their_items_go_to_the_survivor_and_are_told_once(shop: Workshop) -> None:
    shop.properties(PROPERTIES)
    shop.write("models/events/interaction.yml", "properties: {name: text}\n")
    shop.goals(ORDERS)
    first = "anna@x.nl,,o1,2024-01-01,p1\n"
    other = ",c200,o2,2024-01-02,p2\n"
    shop.drop("orders_1.csv", ORDER_HEAD + first)
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
