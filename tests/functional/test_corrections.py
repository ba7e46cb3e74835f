"""`key` and `deleted_when`: a corrected line takes the place of the earlier one (P5)."""

import json
import os
import re
from decimal import Decimal
from pathlib import Path
from textwrap import dedent

import pytest

from tests.functional.workshop import Workshop

pytestmark = pytest.mark.any_engine

PROPERTIES = """\
id: {identifier: true}
spent: decimal
revenue: decimal
lines: integer
status: text
"""
GOAL = """\
- name: orders
  kind: import_profiles
  files:
    orders: orders_*.csv
    products: {path: products.csv, join: {sku: orders.sku}, optional: true}
  key: [order, line]
  deleted_when: "orders.status = 'deleted'"
  process: [{drop: "orders.status = 'test'"}]
  identify: {by: [{id: orders.customer}]}
  map:
    spent: {from: orders.amount, strategy: sum}
    lines: {value: 1, strategy: sum}
    revenue:
      from: "cast(orders.amount as decimal(18, 2)) * cast(products.price as decimal(18, 2))"
      strategy: sum
    status: orders.status
"""
HEAD = "order,line,customer,sku,amount,status\n"
BOTH = "{0},1,{1},A,10,new\n{0},2,{1},B,5,new\n"


@pytest.fixture(scope="module")
def built_shop(shared_shop: Workshop) -> Workshop:
    """Lines of customers, each of whom is named for what happens to a line of theirs."""
    shared_shop.properties(PROPERTIES)
    shared_shop.goals(GOAL)
    shared_shop.drop("products.csv", "sku,price\nA,2\nB,3\nC,2\n")
    shared_shop.drop("orders_0.csv", HEAD + BOTH.format(1, "in_place"))
    names = ("corrected", "moved", "deleted", "filtered")
    lines = "".join(BOTH.format(number, name) for number, name in enumerate(names, 2))
    others = "6,1,often,A,10,new\n7,1,emptied,A,7,new\n8,1,priced,C,10,new\n"
    shared_shop.drop("orders_1.csv", HEAD + lines + others)
    shared_shop.build()
    assert sums(shared_shop) == {
        **dict.fromkeys(("in_place", *names), (15, 2, 35)),
        "often": (10, 1, 20),
        "emptied": (7, 1, 14),
        "priced": (10, 1, 20),
    }
    return shared_shop


@pytest.fixture
def orders(built_shop: Workshop, tmp_path: Path) -> Workshop:
    return built_shop.copied(tmp_path / "shop")


def sums(shop: Workshop) -> dict[str, tuple[Decimal | None, ...]]:
    rows = shop.profiles("id, spent, lines, revenue", "id")
    return {row[0]: row[1:] for row in rows}


def lines_of(shop: Workshop, id: str, name: str) -> list[tuple[object, ...]]:
    """Return what lines gave to a property, as `runner profile --explain` has it."""
    told = shop.run("profile", f"id={id}", "--explain", name, "--json").stdout
    (found,) = json.loads(told, parse_float=str)
    lines = found["explained"]["values"][name]["lines"]
    return [
        (*(line[key] for key in ("effect", "text", "file", "line", "reason")),) for line in lines
    ]


def damage(shop: Workshop, name: str, found: str, put: str) -> None:
    """Change a staged file in place; size and time stay."""
    ((sha,),) = shop.rows(f"select sha256 from runner.files where path = '{name}'")
    path = shop.folder / "target/staging" / sha[:2] / sha
    stat, text = path.stat(), path.read_text("utf-8")
    assert found in text
    path.write_text(text.replace(found, put), "utf-8")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def test_f11_damaged_staged_file_explains_nothing(orders: Workshop) -> None:
    """Also a chained file that gives a row the content that it had, from another line."""
    explained = ("profile", "id=priced", "--explain", "revenue")
    assert "products.csv:4" in orders.run(*explained).stdout
    damage(orders, "products.csv", "A,2\nB,3\nC,2\n", "B,3\nC,2\nA,2\n")
    assert "products.csv" not in orders.run(*explained).stdout
    damage(orders, "orders_1.csv", "priced,C,10", "priced,C,90")
    # The ledger has what it counts for, and where its line is.
    assert lines_of(orders, "priced", "spent") == [("counts", None, "orders_1.csv", 12, "")]
    assert lines_of(orders, "priced", "status") == []


def check_refresh(shop: Workshop) -> None:
    """A build without news, and a full refresh, change nothing (P6)."""
    before = shop.profiles(), shop.rows("select * exclude (origin) from runner.sums order by all")
    assert "Nothing new" in shop.run("build").stdout
    assert shop.profiles() == before[0]
    shop.build("--full-refresh")
    after = shop.profiles(), shop.rows("select * exclude (origin) from runner.sums order by all")
    assert after == before


@pytest.mark.both_engines
def test_corrected_lines_replace_those_before_them(orders: Workshop) -> None:
    """The last of a key counts; a line without a key is known by its content."""
    in_place = BOTH.format(1, "in_place").replace("A,10", "A,12")
    orders.drop("orders_0.csv", HEAD + in_place)
    lines = """\
    2,1,corrected,A,12,paid
    3,1,taker,A,12,new
    4,1,deleted,A,10,deleted
    5,1,filtered,A,10,test
    6,1,often,A,12,a
    6,1,often,A,10,new
    6,1,often,B,20,b
    7,1,emptied,A,7,deleted
    ,,keyless,A,1,new
    ,,keyless,A,2,new
    ,,keyless,A,1,new
    """
    orders.drop("orders_2.csv", HEAD + dedent(lines))
    orders.drop("orders_3.csv", HEAD + "6,1,often,A,1,c\n")
    updated_at = dict(orders.profiles("id, updated_at"))
    assert "3 filtered" in orders.run("build").told
    changed = {id for id, at in orders.profiles("id, updated_at") if updated_at.get(id) != at}
    assert changed == {id for id, *_ in orders.profiles("id")} - {"priced"}
    counts = orders.results()["shop.orders"]["profiles"]
    assert counts == {"created": 2, "updated": 7, "unchanged": 0, "merged": 0}
    explained = orders.run("profile", "id=deleted", "--explain").stdout.split(
        "Lines that retracted"
    )[1]
    assert re.search(r"shop\.orders +orders_2\.csv +4 ", explained)
    assert lines_of(orders, "deleted", "spent") == [
        ("retracted", "10", "orders_1.csv", 6, "by orders_2.csv:4"),
        ("counts", "5", "orders_1.csv", 7, ""),
    ]
    assert lines_of(orders, "corrected", "status")[-2:] == [
        ("replaced", "new", "orders_1.csv", 3, "by orders_2.csv:2"),
        ("sets", "paid", "orders_2.csv", 2, ""),
    ]
    assert lines_of(orders, "moved", "spent")[0][0] == "retracted"
    assert lines_of(orders, "taker", "lines") == [("counts", "1", "orders_2.csv", 3, "")]
    assert sums(orders) == {
        "in_place": (17, 2, 39),
        "corrected": (17, 2, 39),
        "moved": (5, 1, 15),
        "taker": (12, 1, 24),
        "deleted": (5, 1, 15),
        "filtered": (5, 1, 15),
        "often": (1, 1, 2),
        "emptied": (None, None, None),
        "keyless": (3, 2, 6),
        "priced": (10, 1, 20),
    }
    status = dict(orders.profiles("id, status"))
    assert (status["corrected"], status["deleted"], status["filtered"]) == ("paid", "new", "new")
    check_refresh(orders)
    back = "3,1,moved,A,10,new\n4,1,deleted,A,10,new\n5,1,filtered,A,10,new\n"
    orders.drop("orders_4.csv", HEAD + back)
    orders.build()
    after = sums(orders)
    assert [after[name] for name in ("moved", "deleted", "filtered")] == 3 * [(15, 2, 35)]
    assert after["taker"] == (None, None, None)


def test_changed_price_and_corrected_line_together(orders: Workshop) -> None:
    """And a goal that loses its key counts every line."""
    orders.drop("products.csv", "sku,price\nA,2\nB,3\nC,4\n")
    orders.drop("orders_2.csv", HEAD + "2,1,corrected,A,12,paid\n8,1,priced,C,12,new\n")
    orders.build()
    assert sums(orders)["priced"] == (12, 1, 48)
    check_refresh(orders)
    orders.goals(GOAL.replace("  key: [order, line]\n", "").replace("deleted_when", "title"))
    orders.build()
    assert sums(orders)["corrected"] == (27, 3, 59)
