"""Real files over a real SFTP server become the figures that their data sets tell."""

import csv
import gzip
import hashlib
import io
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.functional.real_data import RealData
from tests.thorough import IS_THOROUGH

Open = Callable[[str, str], RealData]


def build_again(data: RealData, exported: str) -> None:
    """Build once more: nothing is imported, profiles and exported bytes stay as they are."""
    profiles = "select * from profiles"
    before = data.project.digest(profiles), data.received(exported)
    results = data.project.build()
    imports = [node for name, node in results.items() if node["unique_id"].startswith("import_")]
    assert imports
    assert all(node["message"].startswith("nothing new") for node in imports), imports
    assert not any(node["files"] for node in imports)
    assert (data.project.digest(profiles), data.received(exported)) == before


def histogram(data: RealData, column: str) -> list[tuple[int, int]]:
    """Return how many profiles have each value of a number."""
    query = f"select {column}, count(*) from profiles where {column} > 0 group by all order by 1"
    return data.project.rows(query)


def test_jaffle_shop(real_data: Open) -> None:
    data = real_data("jaffle_shop", "jaffle_shop")
    figures = data.figures
    data.send("raw_*.csv")
    results = data.project.build()
    rows = data.project.rows
    assert rows("select count(*) from profiles") == [(figures["rows"]["customers"],)]
    ordered = rows(
        "select count(*), sum(orders)::int, sum(payments)::int, sum(paid) from profiles where orders > 0"
    )
    assert ordered == [
        (
            figures["customers_with_order"],
            figures["rows"]["orders"],
            figures["rows"]["payments"],
            Decimal(str(figures["total"])),
        )
    ]
    assert histogram(data, "orders") == [
        (item["n"], item["c"]) for item in figures["orders_per_customer"]
    ]
    top = "select customer_id, orders, (paid * 100)::int from profiles order by 3 desc nulls last, 1 limit 5"
    assert rows(top) == [tuple(item.values()) for item in figures["top5"]]
    cents = {item["payment_method"]: item["cents"] for item in figures["by_method"]}
    cents |= {item["status"]: item["cents"] for item in figures["by_status"]}
    part = rows("select sum(paid_by_coupon) * 100, sum(paid_when_returned) * 100 from profiles")
    assert part == [(cents["coupon"], cents["returned"])]
    # A row per payment: the orders with several of them are joined several times.
    assert sum(results["jaffle.orders"]["outcomes"].values()) == figures["rows"]["payments"]
    with (data.source / "customers_expected.csv").open(newline="") as file:
        expected = {row["customer_id"]: row for row in csv.DictReader(file)}
    found = rows(
        "select customer_id, first_order::varchar, last_order::varchar, orders, paid from profiles"
    )
    assert len(found) == len(expected)
    for customer, first, last, orders, paid in found:
        row = expected[customer]
        assert (first or "", last or "") == (row["first_order"], row["most_recent_order"])
        assert orders == (int(row["number_of_orders"]) if row["number_of_orders"] else None)
        assert paid == (
            Decimal(row["customer_lifetime_value"]) if row["customer_lifetime_value"] else None
        )
    exported = data.received("in/returned.csv").decode().splitlines()
    assert exported[0] == "ID;NAME;FIRST;RETURNED;METHODS"
    assert (
        sum(Decimal(line.split(";")[3].replace(",", ".")) for line in exported[1:]) * 100
        == cents["returned"]
    )
    build_again(data, "in/returned.csv")


def sums_of_sales(data: RealData) -> list[tuple[Any, ...]]:
    """Return lines, quantity, revenue, cost, orders and buyers."""
    return data.project.rows(
        "select sum(lines)::int, sum(quantity)::int, sum(revenue)::varchar, sum(cost)::varchar,"
        " (select count(distinct number) from (select unnest(order_numbers) as number from profiles)),"
        " count(lines) from profiles"
    )


def expected_sales(data: RealData) -> list[tuple[Any, ...]]:
    """Return the same, as the data set tells it."""
    sales, revenue = data.figures["sales"], data.figures["revenue"]
    return [
        (
            sales["lines"],
            sales["qty"],
            revenue["rev"],
            revenue["cost"],
            sales["orders"],
            sales["buyers"],
        )
    ]


def check_customers(data: RealData) -> None:
    """Compare customers and the best of them, who are exported, with what the data set tells."""
    figures, rows = data.figures, data.project.rows
    customers = figures["customers"]
    people = (
        "select count(*), count(distinct customer_key), count(distinct email),"
        " count(*) filter (prefix is null), count(*) filter (gender is null),"
        " count(*) filter (regexp_matches(concat_ws(' ', first_name, last_name), '[^\\x00-\\x7F]')),"
        " sum(income)::int::varchar, count(birth_date), count(home_owner), count(lines is null or null)"
        " from profiles"
    )
    assert rows(people) == [
        (
            customers["n"],
            customers["ids"],
            customers["emails"],
            customers["null_prefix"],
            customers["gender_NA"],
            customers["non_ascii"],
            figures["income"]["total"],
            # Padded or not, every date is read.
            figures["birth_date_forms"]["padded"] + figures["birth_date_forms"]["other"],
            customers["n"],
            figures["orphans"]["customers_without_order"],
        )
    ]
    top = "select customer_key, len(order_numbers), revenue::varchar from profiles order by revenue desc nulls last limit 5"
    expected = [tuple(item.values()) for item in figures["top5"]]
    assert rows(top) == expected
    assert rows("select count(*) from runner.rejects") == [(0,)]
    text = gzip.decompress(data.received("in/best.csv.gz")).decode("utf-16")
    exported = list(csv.DictReader(io.StringIO(text)))
    assert sorted((row["KEY"], row["REVENUE"]) for row in exported) == sorted(
        (key, revenue) for key, _, revenue in expected
    )


ORDERS = (
    "select (select count(*) from events_order), count(*), sum(quantity)::int,"
    " sum(quantity * price)::decimal(18,4)::varchar from events_order_product"
)


def expected_orders(data: RealData) -> list[tuple[Any, ...]]:
    """Return the orders, their lines, quantity and revenue, as the data set tells them."""
    sales, revenue = data.figures["sales"], data.figures["revenue"]
    return [(sales["orders"], sales["lines"], sales["qty"], revenue["rev"])]


TABLES = {
    "profiles": "select * exclude (created_at, updated_at) from profiles",
    **{
        name: f"select * from {name}"
        for name in ("events_order", "events_order_product", "products")
    },
}


def changed_items(before: Path, after: Path) -> list[tuple[Any, ...]]:
    """Return order, product and new quantity of the products that differ in a later warehouse."""
    items = "select event_id, id, quantity::int from {}.events_order_product"
    with duckdb.connect() as connection:
        for name, path in (("before", before), ("after", after)):
            connection.execute(f"attach '{path}' as {name} (read_only)")
        query = f"{items.format('after')} except {items.format('before')}"
        return connection.execute(query).fetchall()


@pytest.mark.any_engine
@pytest.mark.thorough
def test_adventureworks_year_by_year_ends_as_all_years_at_once(
    real_data: Open, tmp_path: Path
) -> None:
    """E1, E2, E4"""
    data = real_data("adventureworks", "adventureworks_sales")
    shop, figures = data.project, data.figures
    data.send("AdventureWorks_Customers.csv", "AdventureWorks_Products.csv")
    lines = orders = 0
    for year in figures["by_file"]:
        data.send(year["src_file"])
        events = shop.build()["adventureworks.sales"]["events"]
        assert [(book["created"], book["updated"]) for book in events] == [(year["orders"], 0)]
        lines += year["lines"]
        orders += year["orders"]
        assert shop.rows("select sum(lines)::int from profiles") == [(lines,)]
        assert shop.rows("select count(*) from events_order") == [(orders,)]
    assert sums_of_sales(data) == expected_sales(data)
    assert shop.rows(ORDERS) == expected_orders(data)
    sold = "select sum(times_ordered)::int, count(*) = count(name) from products"
    assert shop.rows(sold) == [(figures["sales"]["lines"], True)]
    one_by_one = shop.digests(TABLES)
    check_explained(data)
    if IS_THOROUGH:
        shop.build("--full-refresh")
        assert shop.digests(TABLES) == one_by_one
    shop.warehouse.rename(tmp_path / "before.duckdb")
    shop.build()
    assert shop.digests(TABLES) == one_by_one
    check_customers(data)
    build_again(data, "in/best.csv.gz")
    if IS_THOROUGH:
        check_another_price_list(data)
        check_changed_line(data, tmp_path / "before.duckdb", one_by_one)


def check_changed_line(data: RealData, before: Path, one_by_one: dict[str, list[Any]]) -> None:
    """A line that is changed in its file changes its own order alone."""
    shop = data.project
    name = data.figures["by_file"][1]["src_file"]
    rows = (data.server.root / name).read_text("utf-8").splitlines(keepends=True)
    fields = rows[20_000].split(",")
    rows[20_000] = ",".join([*fields[:7], "9\n"])
    (data.server.root / name).write_text("".join(rows), "utf-8")
    events = shop.build()["adventureworks.sales"]["events"]
    assert [(book["created"], book["updated"]) for book in events] == [(0, 1)]
    found = changed_items(before, shop.warehouse)
    assert found == [(fields[2], fields[3], 9)]
    items = f"select count(*) > 1 from events_order_product where event_id = '{fields[2]}'"
    assert shop.rows(items) == [(True,)]
    tables = shop.digests(TABLES)
    assert tables["events_order"] == one_by_one["events_order"]


def check_explained(data: RealData) -> None:
    """Explain says what a plain reading of the files says, for buyers of the last year."""
    lines: dict[str, list[tuple[str, int, dict[str, str]]]] = {}
    for path in sorted(data.source.glob("*Sales_*.csv")):
        with path.open(newline="", encoding="utf-8-sig") as file:
            for number, row in enumerate(csv.DictReader(file), 2):
                lines.setdefault(row["CustomerKey"], []).append((path.name, number, row))
    buyers = [key for key, own in lines.items() if len({name for name, *_ in own}) == 3]
    for key in buyers[: 100 if IS_THOROUGH else 2]:
        told = data.project.run("profile", f"customer_key={key}", "--explain", "--json").stdout
        (found,) = json.loads(told)
        values, own = found["explained"]["values"], lines[key]
        assert [
            (line["file"], line["line"])
            for line in values["quantity"]["lines"]
            if line["effect"] == "counts"
        ] == [(name, number) for name, number, _ in own]
        (last,) = (line for line in values["last_order"]["lines"] if line["effect"] == "sets")
        assert (last["file"], last["line"], last["text"]) == (*own[-1][:2], own[-1][2]["OrderDate"])
        was = [line["until"] for line in values["last_order"]["lines"] if line["until"]]
        assert set(was) <= {line["build"] for line in values["last_order"]["lines"]}
        assert was


def check_another_price_list(data: RealData) -> None:
    """R3: it replaces what the first one summed; prices are the same, some costs are not."""
    data.send("*(unclean).csv")
    other = data.server.root / "AdventureWorks_Products (unclean).csv"
    other.replace(data.server.root / "AdventureWorks_Products.csv")
    data.project.build()
    (cost,) = duckdb.execute(
        "select sum(OrderQuantity * ProductCost::decimal(18,4))::varchar"
        " from read_csv(? || '/*Sales_*.csv') join read_csv(? || '/*unclean*.csv') using (ProductKey)",
        [str(data.source), str(data.source)],
    ).fetchall()[0]
    ((*sums, _, orders, buyers),) = expected_sales(data)
    assert cost != data.figures["revenue"]["cost"]
    assert sums_of_sales(data) == [(*sums, cost, orders, buyers)]


def test_tpch(real_data: Open) -> None:
    data = real_data("tpch", "tpch_snowflake")
    figures, rows = data.figures, data.project.rows
    data.send("orders.csv.gz", "customer.csv.gz", "nation.csv.gz", "region.csv.gz")
    result = data.project.build()["tpch.orders"]
    assert {name: count for name, count in result["outcomes"].items() if count} == {
        "created": figures["customers"]["n"],
        "updated": figures["orders"]["n"] - figures["customers"]["n"],
    }
    assert [link["missing"] for link in result["links"]] == [0, 0, 0, 0]
    orders, customers, commas = (
        figures["orders"],
        figures["customers"],
        figures["values_with_comma"],
    )
    found = rows(
        "select count(*), sum(orders)::int, sum(total)::varchar, count(*) filter (balance < 0),"
        " sum(comments_with_comma)::int, count(*) filter (address like '%,%'),"
        " count(*) filter (comment like '%,%'), min(first_order)::varchar from profiles"
    )
    assert found == [
        (
            customers["n"],
            orders["n"],
            orders["total"],
            customers["negative_balance"],
            commas["orders_comment"],
            commas["customer_address"],
            commas["customer_comment"],
            orders["d0"],
        )
    ]
    assert histogram(data, "orders") == [
        tuple(item.values()) for item in figures["orders_per_customer"]
    ]
    top = "select customer_key, name, orders, total::varchar from profiles order by total desc limit 5"
    assert rows(top) == [tuple(item.values()) for item in figures["top5_customers"]]
    regions = rows("select region, orders, total::varchar from revenue_by_region order by 1")
    assert regions == [tuple(item.values()) for item in figures["revenue_by_region"]]
    finished = next(item for item in figures["orders_by_status"] if item["o_orderstatus"] == "F")
    assert rows("select sum(finished)::varchar from profiles") == [(finished["total"],)]
    exported = list(csv.DictReader(io.StringIO(data.received("in/builders.csv").decode())))
    ids = sorted(row["id"] for row in exported)
    segment = figures["segment_building_5plus"]
    assert len(ids) == segment["profiles"]
    digest = hashlib.md5("\n".join(ids).encode(), usedforsecurity=False).hexdigest()
    assert digest == segment["md5_of_sorted_ids"]
    build_again(data, "in/builders.csv")
