"""What lines give where their own file, or one that is joined to it, comes corrected (R9, F9)."""

from decimal import Decimal

import pytest

from tests.functional.workshop import Workshop

pytestmark = pytest.mark.any_engine

PROPERTIES = "customer: {identifier: true}\ntotal: decimal(18,2)\nskus: {multi: true}\n"
SHOP = """\
- name: shop
  kind: import_profiles
  files:
{files}
  identify: {{by: [{{customer: orders.customer}}]}}
  map:
    total: {{from: items.amount, strategy: sum}}
    skus: {{from: items.sku, strategy: add}}
"""
OF_ITEMS = """\
    items: {path: items.csv}
    orders: {path: orders.csv, join: {id: items.order}}"""
OF_ORDERS = """\
    orders: {path: orders.csv}
    items: {path: items.csv, join: {order: orders.id}}"""


def totals(shop: Workshop) -> dict[str, tuple[Decimal | None, list[str] | None]]:
    return {row[0]: row[1:] for row in shop.profiles("customer, total, skus", "customer")}


@pytest.mark.parametrize(
    "files", [OF_ITEMS, OF_ORDERS], ids=["items are main", "items are chained"]
)
def test_sum_belongs_to_its_line_as_it_is_now(shop: Workshop, files: str) -> None:
    """The order is moved to another customer, and its item is corrected."""
    is_main = files == OF_ITEMS
    shop.properties(PROPERTIES)
    shop.goals(SHOP.format(files=files.replace("orders.csv}", "orders.csv, feed: full}")))
    shop.drop("items.csv", "order,sku,amount\n1,a,10\n1,b,5\n")
    shop.drop("orders.csv", "id,customer\n1,ann\n")
    shop.build()
    assert totals(shop) == {"ann": (15, ["a", "b"])}
    shop.drop("orders.csv", "id,customer\n1,bob\n")
    shop.build()
    assert totals(shop) == {"ann": (None, None), "bob": (15, ["a", "b"])}
    shop.drop("items.csv", "order,sku,amount\n1,a,12\n")
    warned = "2 lines that items.csv had before" in shop.run("build").told
    assert warned == is_main
    expected = {"ann": (None, None), "bob": ((27, ["a", "b"]) if is_main else (12, ["a"]))}
    assert totals(shop) == expected
    shop.drop("orders.csv", "")
    emptied = "orders.csv has no lines, and had 1 before: what they gave to sums, lists and events"
    assert emptied in shop.run("build").told
    # What lines that are gone from a `delta` file gave stays.
    expected["bob"] = (15, ["a", "b"]) if is_main else (None, None)
    assert totals(shop) == expected
    # The warnings of imports that are done again are given again (R12).
    assert emptied in shop.run("build", "--full-refresh").told
    assert totals(shop) == expected


FEEDS = {"unsaid": "", "delta": ", feed: delta", "full": ", feed: full"}


def test_feed_says_whether_lines_that_are_gone_count_on(shop: Workshop) -> None:
    """Where nothing is said they do, and `scan` proposes to say it."""
    shop.properties(PROPERTIES)
    goal = SHOP.format(files="    orders: {path: NAME.csvFEED}").replace("items.", "orders.")
    shop.goals(
        "".join(
            goal.replace("name: shop", "name: NAME").replace("NAME", name).replace("FEED", feed)
            for name, feed in FEEDS.items()
        )
    )
    for name in FEEDS:
        shop.drop(
            f"{name}.csv", f"customer,sku,amount\nann {name},a,10\nann {name},b,5\n{name},a,1\n"
        )
    shop.build()
    for name in FEEDS:
        shop.drop(f"{name}.csv", f"customer,sku,amount\nann {name},a,12\n{name},a,1\n")
        proposed = "`feed: full` at `orders`" in shop.run("scan", name).told
        assert proposed == (name == "unsaid")
    ended = shop.run("build")
    assert ended.code == 0
    found = totals(shop)
    for name in FEEDS:
        assert found[f"ann {name}"][0] == (12 if name == "full" else 27)
        assert found[name] == (1, ["a"])
        warned = f"2 lines that {name}.csv had before are gone from it" in ended.told
        assert warned == (name != "full")


def test_equal_lines_count_each_and_a_line_above_them_changes_nothing(shop: Workshop) -> None:
    """R10"""
    shop.properties(PROPERTIES)
    files = "    orders: {path: 'sales_*.csv', duplicates: keep}"
    shop.goals(SHOP.format(files=files).replace("items.", "orders."))
    head, equal = "customer,sku,amount\n", "ann,a,2.50\nann,a,2.50\n"
    shop.drop("sales_1.csv", f"{head}{equal}ann,b,3.00\n")
    shop.build()
    assert totals(shop) == {"ann": (8, ["a", "b"])}
    shop.drop("sales_1.csv", f"{head}bob,a,1\n{equal}ann,b,3.00\n")
    shop.drop("sales_2.csv", f"{head}{equal}")
    shop.build()
    assert totals(shop) == {"ann": (8, ["a", "b"]), "bob": (1, ["a"])}
    shop.build("--full-refresh")
    assert totals(shop) == {"ann": (8, ["a", "b"]), "bob": (1, ["a"])}
