"""What a line added to a list goes when the line is corrected, withdrawn or redefined (P4, P5)."""

from pathlib import Path
from textwrap import dedent

import pytest

from tests.functional.workshop import Workshop

pytestmark = pytest.mark.any_engine

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
    """Lines of customers, each of whom is named for what happens to a line of theirs."""
    shared_shop.properties(PROPERTIES)
    shared_shop.goals(GOAL + MEMBERS)
    shared_shop.drop("products.csv", "sku,kind\nA,shoe\nB,hat\nC,hat\n")
    lines = "".join(
        f"{name}-1,{name},A,red|new,40,\n{name}-2,{name},B,red,41,\n"
        for name in ("corrected", "kept", "moved", "deleted", "shared", "removed")
    )
    lines += "emptied-1,emptied,C,blue,40,\nlast-1,last,C,blue,40,\n"
    shared_shop.drop("orders_1.csv", HEAD + lines)
    shared_shop.drop("members_1.csv", "id,tags\nshared,new|gold\n")
    shared_shop.build()
    both = (["red", "new"], [40, 41], ["shoe", "hat"])
    assert lists(shared_shop) == {
        **dict.fromkeys(("corrected", "kept", "moved", "deleted", "removed"), both),
        "shared": (["red", "new", "gold"], *both[1:]),
        **dict.fromkeys(("emptied", "last"), (["blue"], [40], ["hat"])),
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
    assert "othing new" in shop.run("build").stdout
    assert shop.profiles() == before[0]
    shop.build("--full-refresh")
    assert (shop.profiles(), *map(shop.rows, ledgers)) == before


@pytest.mark.both_engines
def test_corrected_lines_take_back_what_no_other_line_adds(orders: Workshop) -> None:
    """What another goal adds stays; what a goal removed does not come back."""
    lines = """\
    corrected-1,corrected,C,old,42,
    kept-1,kept,A,new|fine,40,paid
    moved-1,taker,A,red|new,40,
    deleted-1,deleted,A,red|new,40,deleted
    emptied-1,emptied,C,blue,40,deleted
    last-2,last,A,a,1,
    last-2,last,B,b,2,
    last-2,last,A,a,1,
    last-1,last,C,green,40,
    shared-1,shared,A,,40,
    shared-2,shared,B,,41,
    """
    orders.drop("orders_2.csv", HEAD + dedent(lines))
    orders.drop("refusals_1.csv", "id,tags\nremoved,red\n")
    orders.build()
    both = ([40, 41], ["shoe", "hat"])
    assert lists(orders) == {
        "corrected": (["red", "old"], [41, 42], ["hat"]),
        "kept": (["red", "new", "fine"], *both),
        "moved": (["red"], [41], ["hat"]),
        "taker": (["red", "new"], [40], ["shoe"]),
        "deleted": (["red"], [41], ["hat"]),
        "emptied": (None, None, None),
        "last": (["a", "green"], [40, 1], ["hat", "shoe"]),
        "shared": (["new", "gold"], *both),
        "removed": (["new"], *both),
    }
    check_refresh(orders)
    orders.drop("refusals_2.csv", "id,tags\nremoved,red|\n")
    orders.drop(
        "orders_3.csv", HEAD + "emptied-1,emptied,C,blue,40,\nremoved-1,removed,A,red,40,\n"
    )
    orders.build()
    after = lists(orders)
    assert (after["emptied"], after["removed"][0]) == ((["blue"], [40], ["hat"]), None)


@pytest.mark.parametrize("keyed", [True, False])
def test_redefined_goal_and_changed_chained_file_take_back_what_they_added(
    orders: Workshop, keyed: bool
) -> None:
    orders.drop("products.csv", "sku,kind\nA,boot\nB,hat\nC,cap\n")
    if keyed:
        orders.build()
    else:
        plain = GOAL.replace("  key: order\n", "").replace("deleted_when", "description")
        orders.goals(plain + MEMBERS)
        orders.build()
    kinds = {name: row[2] for name, row in lists(orders).items()}
    assert (sorted(kinds["kept"]), kinds["last"]) == (["boot", "hat"], ["cap"])
    changed = GOAL if keyed else plain
    changed = changed.replace("tags: {from: orders.tags", "tags: {from: \"'-' || orders.tags\"")
    changed = changed.replace("    sizes: {from: orders.size, strategy: add}\n", "")
    orders.goals(changed + MEMBERS)
    orders.build()
    after = lists(orders)
    assert after["shared"] == (["new", "gold", "-red"], None, ["boot", "hat"])
    assert after["last"] == (["-blue"], None, ["cap"])
    check_refresh(orders)
