"""What was imported before is not imported again (F5, F6, R5, P5)."""

import re
from pathlib import Path

import pytest

from tests.functional.workshop import Workshop

pytestmark = pytest.mark.any_engine

PROPERTIES = """\
customer_id: {identifier: true}
city: text
spent: decimal(18,2)
lines: integer
last_order: text
"""
GOAL = """\
- name: orders
  kind: import_profiles
  files:
    orders: out/orders_*.csv
    customers: {path: out/customers.csv, join: {id: orders.customer_id}}
  identify:
    by: [{customer_id: orders.customer_id}]
  map:
    city: customers.city
    spent: {from: orders.amount, strategy: sum}
    lines: {value: 1, strategy: sum}
    last_order: orders.order_id
"""
HEAD = "order_id,customer_id,amount\n"
ORDERS_1 = HEAD + "o1,anna,10.00\no2,anna,2.50\no3,bert,7.00\n"
ORDERS_2 = HEAD + "o4,bert,1.00\no5,cleo,4.00\n"
CUSTOMERS = """\
id,city
anna,Delft
bert,Breda
"""
COLUMNS = "customer_id, city, spent::varchar, lines, last_order"
FIRST = [
    ("anna", "Delft", "12.50", 2, "o2"),
    ("bert", "Breda", "7.00", 1, "o3"),
    ("kim", None, "3.00", 1, "k1"),
    ("tom", None, "12.50", 2, "t2"),
]


@pytest.fixture(scope="module")
def built_shop(shared_shop: Workshop) -> Workshop:
    """A shop with customers and two files of orders, built once."""
    shared_shop.properties(PROPERTIES)
    shared_shop.goals(GOAL)
    shared_shop.drop("out/customers.csv", CUSTOMERS)
    shared_shop.drop("out/orders_1.csv", ORDERS_1)
    shared_shop.drop("out/orders_more.csv", f"{HEAD}t1,tom,10.00\nt2,tom,2.50\nk1,kim,3.00\n")
    shared_shop.build()
    assert shared_shop.profiles(COLUMNS) == FIRST
    return shared_shop


@pytest.fixture
def orders(built_shop: Workshop, tmp_path: Path) -> Workshop:
    return built_shop.copied(tmp_path / "shop")


def change(shop: Workshop, pattern: str, replacement: str) -> None:
    """Change the declaration of the goal; the change must be one."""
    path = shop.folder / "connections/shop.yml"
    text = path.read_text()
    changed = re.sub(pattern, replacement, text)
    assert changed != text
    path.write_text(changed)


def everything(shop: Workshop) -> list[tuple[object, ...]]:
    """Return all that could double: profiles, rows, sums and identifiers."""
    ledger = "select 'row', goal, row_hash::varchar, profile_id::varchar from runner.rows"
    sums = "select properties, goal, line_hash || '=' || amounts::varchar, profile_id::varchar from runner.sums"
    found = "select 'identifier', identifier, value, profile_id::varchar from runner.identifiers"
    return [
        *shop.profiles(),
        *shop.rows(f"{ledger} union all {sums} union all {found} order by all"),
    ]


@pytest.fixture(scope="module")
def grown_shop(built_shop: Workshop, tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    """Files grew, were copied, changed, or are new: each for customers of its own, in one build."""
    shop = built_shop.copied(tmp_path_factory.mktemp("grown") / "shop")
    shop.drop("out/customers.csv", CUSTOMERS.replace("Delft", "Gouda"))
    shop.drop("out/orders_1.csv", ORDERS_1 + "o6,bert,1.00\n")
    shop.drop("out/orders_copy.csv", "amount,order_id,customer_id\n3.00,k1,kim\n")
    shop.drop("out/orders_2.csv", ORDERS_2 + "o5,cleo,4.00\no8,dora,5.00\no9,dora,5.00\n")
    shop.drop("out/orders_more.csv", f"{HEAD}t2,tom,2.50\nt1,tom,10.00\n")
    shop.drop("out/orders_wide.csv", "order_id,customer_id,amount,channel\nw1,will,1.00,shop\n")
    for name, moment in (("a", 1_800_000_300), ("c", 1_800_000_100), ("b", 1_800_000_100)):
        shop.drop(f"out/orders_{name}.csv", f"{HEAD}{name},eve,1.00\n", moment)
    shop.build()
    return shop


def orders_of(shop: Workshop, customer: str) -> tuple[object, ...]:
    """Return sum, number and last of the orders of a customer."""
    columns = "spent::varchar, lines, last_order"
    (found,) = shop.rows(f"select {columns} from profiles where customer_id = '{customer}'")
    return found


def test_file_that_grew_applies_its_new_lines_alone(grown_shop: Workshop) -> None:
    assert orders_of(grown_shop, "bert") == ("9.00", 3, "o4")
    assert grown_shop.outcomes("shop.orders") == {
        # One of bert, and the copy.
        "unchanged": 2,
        # Of anna, whose city changed; of bert; of tom; and later ones of dora and eve.
        "updated": 2 + 2 + 2 + 1 + 2,
        "created": 4,
        "duplicate": 1,
    }


def test_same_content_under_another_name_or_order_of_columns_sums_nothing_twice(
    grown_shop: Workshop,
) -> None:
    assert orders_of(grown_shop, "kim") == ("3.00", 1, "k1")


def test_changed_chained_file_joins_again_without_summing_twice(grown_shop: Workshop) -> None:
    assert grown_shop.profiles(COLUMNS)[0] == ("anna", "Gouda", "12.50", 2, "o2")


def test_lines_in_another_order_let_the_last_one_win_and_sum_nothing_twice(
    grown_shop: Workshop,
) -> None:
    assert orders_of(grown_shop, "tom") == ("12.50", 2, "t1")


def test_line_that_is_repeated_in_new_files_counts_once(grown_shop: Workshop) -> None:
    """Two orders of equal amount are two."""
    assert orders_of(grown_shop, "cleo") == ("4.00", 1, "o5")
    assert orders_of(grown_shop, "dora") == ("10.00", 2, "o9")


def test_new_column_of_a_file_does_not_make_old_lines_new(grown_shop: Workshop) -> None:
    assert orders_of(grown_shop, "will") == ("1.00", 1, "w1")
    assert grown_shop.outcomes("shop.orders")["unchanged"] == 2


def test_files_are_applied_by_time_then_name(grown_shop: Workshop) -> None:
    paths = [file["path"] for file in grown_shop.results()["shop.orders"]["files"]]
    dated = [path for path in paths if path[11:] in ("a.csv", "b.csv", "c.csv")]
    assert dated == ["out/orders_b.csv", "out/orders_c.csv", "out/orders_a.csv"]
    assert orders_of(grown_shop, "eve") == ("3.00", 3, "a")


def test_build_without_news_applies_nothing_and_says_so(orders: Workshop) -> None:
    """Nor does another time of a file, or what does not change the result of a goal."""
    before = everything(orders)
    ended = orders.run("build")
    assert ended.code == 0, ended.told
    assert "Nothing new to import: no row was applied" in ended.stdout
    assert orders.results()["shop.orders"]["message"] == "nothing new: 2 files imported before"
    assert everything(orders) == before
    orders.drop("out/orders_1.csv", ORDERS_1)
    orders.drop("out/customers.csv", CUSTOMERS)
    for pattern, replacement in (
        ("kind: import_profiles", "kind: import_profiles\n    title: Orders\n    tags: [daily]"),
        ("connection: shop", "connection: shop\nschedule: {every: 30 minutes}\nlabels: [a]"),
        (r"orders: out/orders_\*.csv", "orders: {path: 'out/orders_?.csv'}"),
    ):
        change(orders, pattern, replacement)
    result = orders.build()["shop.orders"]
    assert (result["status"], result["files"]) == ("success", [])
    assert result["message"].startswith("nothing new")
    assert everything(orders) == before


def test_line_that_is_sent_again_after_another_is_true_again(orders: Workshop) -> None:
    """P4: Delft on Monday, Gouda on Tuesday, Delft again on Wednesday."""
    for city in ("Gouda", "Delft"):
        orders.drop("out/customers.csv", f"id,city\nanna,{city}\nbert,Breda\n")
        orders.build()
        assert orders.profiles(COLUMNS) == [("anna", city, "12.50", 2, "o2"), *FIRST[1:]]


def test_changed_definition_or_macro_imports_again_without_summing_twice(
    orders: Workshop,
) -> None:
    """Also files that are gone from the server, from their copies."""
    macro = "{{% macro place(c) %}}{}({{{{ c }}}}){{% endmacro %}}\n"
    (orders.folder / "drop/out/orders_1.csv").unlink()
    orders.drop("out/orders_2.csv", ORDERS_2)
    orders.build()
    orders.write("macros/place.sql", macro.format("upper"))
    change(orders, "city: customers.city", "city: \"{{ place('customers.city') }}\"")
    change(orders, "from: orders.amount", 'from: "2 * cast(orders.amount as decimal(18,2))"')
    orders.build()
    assert orders.outcomes("shop.orders") == {"updated": 8}
    sums = {"anna": ("25.00", 2, "o2"), "bert": ("16.00", 2, "o4"), "cleo": ("8.00", 1, "o5")}
    assert {name: orders_of(orders, name) for name in sums} == sums
    assert orders.profiles("city") == [("BREDA",), ("DELFT",), *[(None,)] * 3]
    assert orders.build()["shop.orders"]["message"].startswith("nothing new")
    orders.write("macros/place.sql", macro.format("lower"))
    orders.build()
    assert orders.profiles("city") == [("breda",), ("delft",), *[(None,)] * 3]
    assert {name: orders_of(orders, name) for name in sums} == sums


def test_row_that_found_nobody_gets_another_chance(orders: Workshop) -> None:
    goal = GOAL.replace("by:", "create_profiles: false\n    by:").replace(
        "name: orders", "name: more"
    )
    orders.goals(GOAL + goal.replace("orders_*", "late_*").replace("spent:", "spent: &late"))
    orders.drop("out/late_1.csv", f"{HEAD}o7,cleo,3.00\n")
    orders.build()
    assert orders.outcomes("shop.more") == {"unmatched": 1}
    orders.drop("out/orders_2.csv", ORDERS_2)
    orders.drop("out/late_1.csv", f"{HEAD}o7,cleo,3.00\no8,dora,1.00\n")
    orders.build()
    assert orders.outcomes("shop.more") == {"unmatched": 1, "updated": 1}
    cleo = orders.rows("select spent::varchar from profiles where customer_id = 'cleo'")
    assert cleo == [("7.00",)]


def send_notes(shop: Workshop, name: str, text: str, at: int) -> None:
    """Drop a file of one order of cleo at a minute that counts from the first one."""
    shop.drop(f"out/orders_{name}.csv", f"{HEAD}{text},cleo,1.00\n", 1_800_000_000 + 60 * at)


def test_renamed_file_is_known_under_its_new_name(orders: Workshop) -> None:
    """F8"""
    out = orders.folder / "drop/out"
    send_notes(orders, "2", "old", 1)
    send_notes(orders, "3", "new", 2)
    orders.build()
    before = everything(orders)
    (out / "orders_2.csv").rename(out / "orders_2_archived.csv")
    result = orders.build()["shop.orders"]
    assert (result["message"], result["files"]) == ("nothing new: 4 files imported before", [])
    assert everything(orders) == before
    paths = orders.rows("select distinct path from runner.files where is_main order by all")
    assert [path for (path,) in paths] == [
        "out/orders_1.csv", "out/orders_2_archived.csv", "out/orders_3.csv", "out/orders_more.csv",
    ]  # fmt: skip
    (out / "orders_3.csv").rename(out / "orders_0.csv")
    change(orders, "last_order: orders.order_id", "last_order: upper(orders.order_id)")
    orders.build()
    assert orders.outcomes("shop.orders") == {"updated": 8}
    assert orders.rows("select last_order from profiles where customer_id = 'cleo'") == [("NEW",)]
    assert orders.run("undo", "orders_0.csv").code == 0
    (out / "orders_0.csv").rename(out / "orders_4.csv")
    orders.build()
    assert orders.rows("select last_order from profiles where customer_id = 'cleo'") == [("OLD",)]


def test_late_file_brings_no_old_value_back(orders: Workshop) -> None:
    """P8, where files are renamed; tests/property/test_cuts.py leaves their names."""
    change(
        orders,
        "last_order: orders.order_id",
        "last_order: orders.order_id\n      first_order:"
        " {from: orders.order_id, strategy: set_if_empty}\n      all_orders:"
        " {from: orders.order_id, strategy: add}",
    )
    change(orders, "kind: import_profiles", "kind: import_profiles\n    done_suffix: true")
    orders.properties(PROPERTIES + "first_order: text\nall_orders: {multi: true}")
    for name, at in (("c", 3), ("a", 1), ("b", 2)):
        send_notes(orders, name, name, at)
        orders.build()
    columns = "last_order, first_order, all_orders, spent::varchar"
    expected = [("c", "a", ["a", "b", "c"], "3.00")]
    assert orders.rows(f"select {columns} from profiles where customer_id = 'cleo'") == expected
    before = everything(orders)
    orders.build("--full-refresh")
    assert everything(orders) == before


def test_done_file_is_read_again_only_when_the_definition_changes(orders: Workshop) -> None:
    change(orders, "kind: import_profiles", "kind: import_profiles\n    done_suffix: true")
    orders.drop("out/orders_2.csv", ORDERS_2)
    orders.build()
    names = sorted(path.name for path in (orders.folder / "drop/out").iterdir())
    assert names == [
        "customers.csv", "orders_1.csv.done", "orders_2.csv.done", "orders_more.csv.done",
    ]  # fmt: skip
    before = everything(orders)
    orders.build()
    assert everything(orders) == before
    change(orders, "from: orders.amount", 'from: "2 * cast(orders.amount as decimal(18,2))"')
    orders.build()
    spent = orders.profiles("spent::int")
    assert spent == [(6,), (8,), (16,), (25,), (25,)]


def test_staged_copies_are_for_their_owner_alone(orders: Workshop) -> None:
    staging = orders.folder / "target/staging"
    copies = [path for path in staging.rglob("*/*") if path.is_file()]
    assert len(copies) >= 2
    assert {path.stat().st_mode & 0o077 for path in [staging, *copies]} == {0}
