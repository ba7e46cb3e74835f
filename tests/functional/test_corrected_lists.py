"""What a line added to a list goes when the line is corrected, withdrawn or redefined (P4, P5)."""

from pathlib import Path

import pytest

from tests.functional.workshop import Workshop

PROPERTIES = """\
id: {identifier: true}
tags: {multi: true}
sizes: {type: integer, multi: true}
kinds: {multi: true}
"""
GOAL = """\
- name: orders
  kind: import_profiles
  files:
    orders: orders_*.csv
    products: {path: products.csv, join: {sku: orders.sku}, optional: true}
  key: order
  deleted_when: "orders.status = 'deleted'"
  identify: {by: [{id: orders.customer}]}
  map:
    tags: {from: orders.tags, strategy: add}
    sizes: {from: orders.size, strategy: add}
    kinds: {from: products.kind, strategy: add}
"""
MEMBERS = """\
- name: members
  kind: import_profiles
  files: {members: "members_*.csv"}
  identify: {by: [{id: members.id}]}
  map: {tags: {from: members.tags, strategy: add}}
- name: refusals
  kind: import_profiles
  files: {refusals: "refusals_*.csv"}
  identify: {by: [{id: refusals.id}]}
  map: {tags: {from: refusals.tags, strategy: remove}}
"""
HEAD = "order,customer,sku,tags,size,status\n"


@pytest.fixture(scope="module")
def built_shop(shared_shop: Workshop) -> Workshop:
    shared_shop.properties(PROPERTIES)
    shared_shop.goals(GOAL + MEMBERS)
    shared_shop.drop("products.csv", "sku,kind\nA,shoe\nB,hat\nC,hat\n")
    shared_shop.drop("orders_1.csv", HEAD + "1,x,A,red|new,40,\n2,x,B,red,41,\n3,y,C,blue,40,\n")
    shared_shop.build()
    assert lists(shared_shop) == {
        "x": (["red", "new"], [40, 41], ["shoe", "hat"]),
        "y": (["blue"], [40], ["hat"]),
    }
    return shared_shop


@pytest.fixture
def orders(built_shop: Workshop, tmp_path: Path) -> Workshop:
    return built_shop.copied(tmp_path / "shop")


def lists(shop: Workshop) -> dict[str, tuple[list[object] | None, ...]]:
    return {row[0]: row[1:] for row in shop.profiles("id, tags, sizes, kinds", "id")}


def check_refresh(shop: Workshop) -> None:
    """A build without news, and a full refresh, change nothing (P6)."""
    ledgers = "from runner.additions order by all", "from runner.keys order by all"
    before = shop.profiles(), *map(shop.rows, ledgers)
    assert "Nothing new" in shop.run("build").stdout
    assert shop.profiles() == before[0]
    shop.build("--full-refresh")
    assert (shop.profiles(), *map(shop.rows, ledgers)) == before


def test_corrected_line_takes_back_what_no_other_line_adds(orders: Workshop) -> None:
    orders.drop("orders_2.csv", HEAD + "1,x,C,old,42,\n")
    orders.build()
    assert lists(orders)["x"] == (["red", "old"], [41, 42], ["hat"])
    check_refresh(orders)


def test_value_that_a_corrected_line_still_adds_keeps_its_location(orders: Workshop) -> None:
    orders.drop("orders_2.csv", HEAD + "1,x,A,new|fine,40,paid\n")
    orders.build()
    assert lists(orders)["x"] == (["red", "new", "fine"], [40, 41], ["shoe", "hat"])
    check_refresh(orders)


def test_line_that_moves_to_another_customer_takes_its_values_along(orders: Workshop) -> None:
    orders.drop("orders_2.csv", HEAD + "1,y,A,red|new,40,\n")
    orders.build()
    assert lists(orders) == {
        "x": (["red"], [41], ["hat"]),
        "y": (["blue", "red", "new"], [40], ["hat", "shoe"]),
    }
    check_refresh(orders)


def test_deleted_line_takes_back_its_values_and_gives_them_when_it_returns(
    orders: Workshop,
) -> None:
    orders.drop("orders_2.csv", HEAD + "3,y,C,blue,40,deleted\n1,x,A,red|new,40,deleted\n")
    orders.build()
    assert lists(orders) == {"x": (["red"], [41], ["hat"]), "y": (None, None, None)}
    check_refresh(orders)
    orders.drop("orders_3.csv", HEAD + "3,y,C,blue,40,\n")
    orders.build()
    assert lists(orders)["y"] == (["blue"], [40], ["hat"])
    check_refresh(orders)


def test_last_of_several_corrections_in_one_build_counts(orders: Workshop) -> None:
    orders.drop("orders_2.csv", HEAD + "4,y,A,a,1,\n4,y,B,b,2,\n4,y,A,a,1,\n3,y,C,green,40,\n")
    orders.build()
    assert lists(orders)["y"] == (["a", "green"], [40, 1], ["hat", "shoe"])
    check_refresh(orders)


def test_value_that_another_goal_adds_too_stays(orders: Workshop) -> None:
    orders.drop("members_1.csv", "id,tags\nx,new|gold\n")
    orders.build()
    orders.drop("orders_2.csv", HEAD + "1,x,A,,40,\n2,x,B,,41,\n")
    orders.build()
    assert lists(orders)["x"][0] == ["new", "gold"]
    check_refresh(orders)


def test_value_that_was_removed_does_not_come_back(orders: Workshop) -> None:
    orders.drop("refusals_1.csv", "id,tags\nx,red\n")
    orders.build()
    orders.drop("orders_2.csv", HEAD + "1,x,A,red,40,\n")
    orders.build()
    assert lists(orders)["x"][0] == ["red"]
    orders.drop("refusals_2.csv", "id,tags\nx,red|\n")
    orders.build()
    assert lists(orders)["x"][0] is None
    orders.drop("orders_3.csv", HEAD + "1,x,A,,40,\n")
    orders.build()
    assert lists(orders)["x"][0] is None
    check_refresh(orders)


def test_changed_chained_file_takes_back_what_it_gave_before(orders: Workshop) -> None:
    orders.drop("products.csv", "sku,kind\nA,boot\nB,hat\nC,cap\n")
    orders.build()
    assert {name: row[2] for name, row in lists(orders).items()} == {
        "x": ["hat", "boot"],
        "y": ["cap"],
    }
    check_refresh(orders)


@pytest.mark.parametrize("keyed", [True, False])
def test_redefined_goal_takes_back_what_it_added(orders: Workshop, keyed: bool) -> None:
    if not keyed:
        plain = GOAL.replace("  key: order\n", "").replace("deleted_when", "description")
        orders.goals(plain + MEMBERS)
        orders.build()
    orders.drop("members_1.csv", "id,tags\nx,new|gold\n")
    orders.build()
    changed = GOAL if keyed else plain
    changed = changed.replace("tags: {from: orders.tags", "tags: {from: \"'-' || orders.tags\"")
    changed = changed.replace("    sizes: {from: orders.size, strategy: add}\n", "")
    orders.goals(changed + MEMBERS)
    orders.build()
    assert lists(orders) == {
        "x": (["new", "gold", "-red"], None, ["shoe", "hat"]),
        "y": (["-blue"], None, ["hat"]),
    }
    check_refresh(orders)
