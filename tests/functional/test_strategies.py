"""Strategies over rows, files and builds (P4); each alone is in tests/unit/sql/import/fold."""

import pytest

from tests.functional.workshop import Workshop

pytestmark = pytest.mark.both_engines
PROPERTIES = """\
id: {identifier: true}
last: text
first: text
now: text
tags: {multi: true}
first_tags: {multi: true}
now_tags: {multi: true}
added: {multi: true}
money: decimal(18,2)
whole: integer
exact: decimal
born: date
score: integer
source: text
"""
GOAL = """\
- name: rows
  kind: import_profiles
  files: {rows: {path: "rows_*.csv"}}
  identify: {by: [{id: rows.id}]}
  map:
    last: rows.last
    first: {from: rows.first, strategy: set_if_empty}
    now: {from: rows.now, strategy: set_or_clear}
    tags: rows.tags
    first_tags: {from: rows.first_tags, strategy: set_if_empty}
    now_tags: {from: rows.now_tags, strategy: set_or_clear}
    added: {from: rows.added, strategy: add}
    money: {from: rows.money, strategy: sum}
    whole: {from: rows.whole, strategy: sum}
    exact: {from: rows.exact, strategy: sum}
    born: rows.born
    score: {from: rows.score, strategy: set_or_clear}
    source: {value: webshop, strategy: set_if_empty}
  map_rest: {prefix: shop_}
- name: removals
  kind: import_profiles
  files: {rows: {path: "removals_*.csv"}}
  identify: {by: [{id: rows.id}]}
  map:
    first: {from: rows.first, strategy: remove}
    last: {from: rows.last, strategy: remove}
    added: {from: rows.added, strategy: remove}
"""
HEAD = "id,last,first,now,tags,first_tags,now_tags,added,money,whole,exact,born,score,Shoe Size\n"
TEXTS = "last, first, now, born::varchar, source, shop_shoe_size"
LISTS = "tags, first_tags, now_tags, added"
NUMBERS = "money::varchar, whole, exact::varchar, score"


def test_strategies_over_rows_files_and_builds(shop: Workshop) -> None:
    """R6: what cannot be read neither sets nor clears nor adds; the rest of its row is applied."""
    shop.properties(PROPERTIES)
    shop.goals(GOAL)
    rows = "1,a,,a,a|b,,a|b,b|a,1.10,1,0.1,1990-01-31,5,42\n1,b,a,b,c,a|b,c,b,2.20,1,0.2,,6,\n"
    shop.drop("rows_1.csv", HEAD + rows)
    shop.drop("removals_1.csv", "id,first,last,added\n1,a,x,a|x\n")
    shop.build()
    assert shop.profiles(TEXTS) == [("b", None, "b", "1990-01-31", "webshop", "42")]
    assert shop.profiles(LISTS) == [(["c"], ["a", "b"], ["c"], ["b"])]
    assert shop.profiles(NUMBERS) == [("3.30", 2, "0.3000000000", 6)]
    rows = "1,,b,c,,c,d,c|a,-0.30,5,1e3,1990-02-30,five,43\n1,,c,,|,d,,,ten,1.5,,,,\n"
    shop.drop("rows_2.csv", HEAD + rows)
    shop.build()
    assert shop.profiles(TEXTS) == [("b", "b", None, "1990-01-31", "webshop", "43")]
    assert shop.profiles(LISTS) == [(["c"], ["a", "b"], None, ["b", "c", "a"])]
    assert shop.profiles(NUMBERS) == [("3.00", 7, "1000.3000000000", None)]
    rejects = "select file, line, column_name, property, value from runner.rejects order by 2, 4"
    assert shop.rows(rejects) == [
        ("rows_2.csv", 2, "rows.born", "born", "1990-02-30"),
        ("rows_2.csv", 2, "rows.score", "score", "five"),
        ("rows_2.csv", 3, "rows.money", "money", "ten"),
        ("rows_2.csv", 3, "rows.whole", "whole", "1.5"),
    ]


def test_latest_greatest_and_least_values_do_not_depend_on_the_order_of_arrival(
    shop: Workshop,
) -> None:
    """P8: and a condition makes an order or a cancellation of a line, and no reject."""
    shop.properties("""\
    customer: {identifier: true}
    note: text
    version: text
    high: integer
    low: date
    """)
    shop.goals("""\
    - name: orders
      kind: import_profiles
      files: {orders: "orders_*.csv"}
      key: orders.number
      identify: {by: [{customer: orders.customer}]}
      map:
        note: {from: orders.note, latest_by: orders.at}
        version: {from: orders.note, latest_by: "cast(orders.n as integer)"}
        high: {from: orders.n, strategy: max}
        low: {from: orders.at, strategy: min}
      events:
        - {type: order, id: orders.number, at: orders.at, when: "orders.status != 'cancelled'"}
        - {type: cancelled, id: orders.number, at: orders.at, when: "orders.status = 'cancelled'"}
    """)
    shop.write("models/events/cancelled.yml", "properties: {}\n")
    head = "number,customer,at,n,note,status\n"
    shop.drop("orders_1.csv", f"{head}1,x,2024-05-01,5,mid,paid\n2,x,2024-07-01,3,late,paid\n")
    shop.build()
    columns = "note, version, high, low::varchar"
    assert shop.profiles(columns) == [("late", "mid", 5, "2024-05-01")]
    early = "3,x,2024-01-01,9,early,paid\n2,x,2024-07-01,3,late,cancelled\n"
    shop.drop("orders_2.csv", head + early)
    shop.build()
    after = [("late", "early", 9, "2024-01-01")]
    assert shop.profiles(columns) == after
    events = "select type, event_id from timeline order by all"
    assert shop.rows(events) == [("cancelled", "2"), ("order", "1"), ("order", "3")]
    assert shop.rows("from runner.rejects") == []
    shop.build("--full-refresh")
    assert (shop.profiles(columns), len(shop.rows(events))) == (after, 3)
