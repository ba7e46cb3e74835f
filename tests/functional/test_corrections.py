"""`key` and `deleted_when`: a corrected line takes the place of the earlier one (P5)."""

from decimal import Decimal
from pathlib import Path
from textwrap import dedent

import pytest

from tests.functional.workshop import Workshop

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


@pytest.fixture(scope="module")
def built_shop(shared_shop: Workshop) -> Workshop:
    shared_shop.properties(PROPERTIES)
    shared_shop.goals(GOAL)
    shared_shop.drop("products.csv", "sku,price\nA,2\nB,3\n")
    shared_shop.drop("orders_1.csv", HEAD + "1,1,x,A,10,new\n1,2,x,B,5,new\n2,1,y,A,7,new\n")
    shared_shop.build()
    assert sums(shared_shop) == {"x": (15, 2, 35), "y": (7, 1, 14)}
    return shared_shop


@pytest.fixture
def orders(built_shop: Workshop, tmp_path: Path) -> Workshop:
    return built_shop.copied(tmp_path / "shop")


def sums(shop: Workshop) -> dict[str, tuple[Decimal | None, ...]]:
    rows = shop.profiles("id, spent, lines, revenue", "id")
    return {row[0]: row[1:] for row in rows}


def check_refresh(shop: Workshop) -> None:
    """A build without news, and a full refresh, change nothing (P6)."""
    before = shop.profiles(), shop.rows("select * exclude (origin) from runner.sums order by all")
    assert "Nothing new" in shop.run("build").stdout
    assert shop.profiles() == before[0]
    shop.build("--full-refresh")
    after = shop.profiles(), shop.rows("select * exclude (origin) from runner.sums order by all")
    assert after == before


def test_corrected_line_takes_the_place_of_the_earlier_one(orders: Workshop) -> None:
    orders.drop("orders_2.csv", HEAD + "1,1,x,A,12,paid\n")
    orders.build()
    assert sums(orders) == {"x": (17, 2, 39), "y": (7, 1, 14)}
    assert orders.profiles("id, status", "id") == [("x", "paid"), ("y", "new")]
    check_refresh(orders)


def test_corrected_line_in_the_same_file(orders: Workshop) -> None:
    orders.drop("orders_1.csv", HEAD + "1,1,x,A,12,new\n1,2,x,B,5,new\n2,1,y,A,7,new\n")
    orders.build()
    assert sums(orders) == {"x": (17, 2, 39), "y": (7, 1, 14)}
    check_refresh(orders)


def test_last_of_several_corrections_in_one_build_counts(orders: Workshop) -> None:
    lines = "1,1,x,A,12,a\n1,1,x,A,10,new\n1,1,x,B,20,b\n"
    orders.drop("orders_2.csv", HEAD + lines)
    orders.drop("orders_3.csv", HEAD + "1,1,x,A,1,c\n")
    orders.build()
    assert sums(orders)["x"] == (6, 2, 17)
    check_refresh(orders)


def test_line_that_moves_to_another_customer_takes_its_sum_along(orders: Workshop) -> None:
    orders.drop("orders_2.csv", HEAD + "1,1,y,A,10,new\n")
    orders.build()
    assert sums(orders) == {"x": (5, 1, 15), "y": (17, 2, 34)}
    check_refresh(orders)


def test_line_that_comes_back_to_what_it_was_counts_again(orders: Workshop) -> None:
    orders.drop("orders_2.csv", HEAD + "1,1,y,A,12,new\n")
    orders.build()
    assert sums(orders) == {"x": (5, 1, 15), "y": (19, 2, 38)}
    orders.drop("orders_3.csv", HEAD + "1,1,x,A,10,new\n")
    orders.build()
    assert sums(orders) == {"x": (15, 2, 35), "y": (7, 1, 14)}
    check_refresh(orders)


@pytest.mark.parametrize("status", ["deleted", "test"])
def test_line_that_is_deleted_takes_back_what_it_gave(orders: Workshop, status: str) -> None:
    orders.drop("orders_2.csv", HEAD + f"1,1,x,A,10,{status}\n")
    ended = orders.run("build")
    assert "1 filtered" in ended.told
    assert sums(orders) == {"x": (5, 1, 15), "y": (7, 1, 14)}
    assert orders.profiles("id, status", "id")[0] == ("x", "new")
    check_refresh(orders)
    orders.drop("orders_3.csv", HEAD + "1,1,x,A,10,new\n")
    orders.build()
    assert sums(orders) == {"x": (15, 2, 35), "y": (7, 1, 14)}
    check_refresh(orders)


def test_last_sum_that_goes_leaves_none(orders: Workshop) -> None:
    orders.drop("orders_2.csv", HEAD + "2,1,y,A,7,deleted\n")
    orders.build()
    assert sums(orders)["y"] == (None, None, None)


def test_line_without_a_key_is_known_by_its_content(orders: Workshop) -> None:
    orders.drop("orders_2.csv", HEAD + ",,x,A,1,new\n,,x,A,2,new\n,,x,A,1,new\n")
    orders.build()
    assert sums(orders)["x"] == (18, 4, 41)
    check_refresh(orders)


def test_changed_price_and_corrected_line_together(orders: Workshop) -> None:
    orders.drop("products.csv", "sku,price\nA,4\nB,3\n")
    orders.drop("orders_2.csv", HEAD + "1,1,x,A,12,new\n")
    orders.build()
    assert sums(orders) == {"x": (17, 2, 63), "y": (7, 1, 28)}
    check_refresh(orders)


def test_key_that_is_taken_away_counts_every_line(orders: Workshop) -> None:
    orders.drop("orders_2.csv", HEAD + "1,1,x,A,12,new\n")
    orders.build()
    orders.goals(GOAL.replace("  key: [order, line]\n", "").replace("deleted_when", "title"))
    orders.build()
    assert sums(orders) == {"x": (27, 3, 59), "y": (7, 1, 14)}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("[order, line]", "[order, lin]", "10 |     key: [order, lin]"),
        ("[order, line]", "products.sku", "found 'products.sku'; expected a column of `orders`"),
        ("  key: [order, line]\n", "", "`deleted_when` needs `key`"),
    ],
)
def test_mistake_is_told(orders: Workshop, old: str, new: str, told: str) -> None:
    orders.goals(GOAL.replace(old, new))
    ended = orders.run("build")
    assert ended.code in (1, 2)
    assert told in ended.told, dedent(ended.told)
