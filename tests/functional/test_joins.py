"""Chained files join without multiplying a value (R3)."""

from pathlib import Path

import pytest

from tests.functional.workshop import Workshop

PROPERTIES = """\
customer_id: {identifier: true}
city: text
spent: decimal(18,2)
lines: integer
balance: decimal(18,2)
areas: {multi: true}
revenue: decimal(18,2)
id: {identifier: true}
name: text
price: decimal(18,2)
"""
GOAL = """\
- name: orders
  kind: import_profiles
  files:
    orders: out/orders_*.csv
    customers: {path: out/customers.csv, join: {id: orders.customer_id}}
    areas: {path: ref/areas.csv, join: {postal_code: customers.postal_code}, format: {separator: ";"}}
    products: {path: out/products.csv, join: {sku: orders.sku}}
  identify:
    by: [{customer_id: orders.customer_id}]
  map:
    city: areas.city
    spent: {from: orders.amount, strategy: sum}
    lines: {value: 1, strategy: sum}
    balance: {from: customers.balance, strategy: sum}
    areas: {from: areas.area, strategy: add}
    revenue:
      from: "cast(orders.quantity as integer) * cast(products.price as decimal(18,2))"
      strategy: sum
"""
# Anna's postal code stands in four lines, as it does in many real lists.
AREAS = """\
postal_code;area;city
2611;north;Delft
2611;east;Delft
2611;south;Delft
2611;west;Delft
4811;centre;Breda
"""
CUSTOMERS = """\
id,postal_code,balance
anna,2611,100.00
bert,4811,-5.00
dora,9999,1.00
"""
PRODUCTS = """\
sku,price,name
A,1.50,Apple
B,10.00,Book
"""
ORDERS = """\
order_id,customer_id,sku,quantity,amount
o1,anna,A,2,3.00
o2,anna,B,1,10.00
o3,bert,A,4,6.00
o4,cleo,B,1,10.00
o5,dora,Z,1,9.00
o6,,A,1,1.50
"""
SUMS = "customer_id, spent::varchar, lines, balance::varchar, revenue::varchar"
EXPECTED = [
    ("anna", "13.00", 2, "100.00", "13.00"),
    ("bert", "6.00", 1, "-5.00", "6.00"),
    ("cleo", "10.00", 1, None, "10.00"),
    ("dora", "9.00", 1, "1.00", None),
]


SMALL = """\
- name: keys
  kind: import_profiles
  files:
    lines: keys.csv
    prices: {path: prices.csv, join: {sku: lines.sku, land: lines.land}}
  identify: {by: [{id: lines.id}]}
  map: {price: prices.price}
- name: blanks
  kind: import_profiles
  files:
    lines: blanks.csv
    names: {path: names.csv, join: {key: lines.key}}
  identify: {by: [{id: lines.id}]}
  map: {name: names.name}
- name: latest
  kind: import_profiles
  files:
    lines: latest.csv
    names: {path: latest_*.csv, join: {id: lines.id}, pick: latest}
  identify: {by: [{id: lines.id}]}
  map: {name: names.name}
"""
ANY_NAME = """\
- name: {main}_{chained}
  kind: import_profiles
  files:
    {main}: main.csv
    {chained}: {{path: chained.csv, join: {{order: {main}.order}}}}
  process:
    - set: {{select: "upper({chained}.origin)", My name: "{main}.id || '{main}'"}}
    - drop: "{main}.id = '3'"
  identify: {{by: [{{id: My name}}]}}
  map:
    city: select
    name: My name
    spent: {{from: "{main}.amount", strategy: sum}}
"""
NAMES = ("rows", "links"), ("order", "group"), ("profiles", "joined")
REVENUES = [row[4] for row in EXPECTED]
OTHERS = "select id, {} from profiles where id like '{}' order by 1"


def drop_chain(shop: Workshop) -> None:
    """Drop order lines with customers, areas and products."""
    shop.properties(PROPERTIES)
    shop.drop("ref/areas.csv", AREAS)
    shop.drop("out/customers.csv", CUSTOMERS)
    shop.drop("out/products.csv", PRODUCTS)
    shop.drop("out/orders_1.csv", ORDERS)


@pytest.fixture(scope="module")
def built_shop(shared_shop: Workshop) -> Workshop:
    """Order lines with customers, areas and products; and goals that join other files."""
    drop_chain(shared_shop)
    others = (ANY_NAME.format(main=main, chained=chained) for main, chained in NAMES)
    shared_shop.goals(GOAL + SMALL + "".join(others))
    shared_shop.drop("prices.csv", "sku,land,price\nA,nl,1\nA,be,2\nB,nl,3\n")
    keys = "k1,A,nl\nk2,A,be\nk3,B,be\nk4,A,\nk5, A ,nl\nk6,a,nl\n"
    shared_shop.drop("keys.csv", f"id,sku,land\n{keys}")
    shared_shop.drop("names.csv", "key,name\n,nobody\n \t,blank\nx,x\n")
    shared_shop.drop("blanks.csv", "id,key\nb1,\nb2,  \nb3,x\n")
    shared_shop.drop("latest.csv", "id\nl1\n")
    shared_shop.drop("latest_2.csv", "id,name\nl1,old\n")
    shared_shop.drop("latest_1.csv", "id,name\nl1,new\n")
    shared_shop.drop("chained.csv", "order,origin\n7,nl\n7,be\n8,de\n")
    shared_shop.drop("main.csv", "id,order,amount\n1,7,1.50\n2,9,2.00\n3,8,1.00\n")
    shared_shop.build()
    return shared_shop


def customers(shop: Workshop, columns: str) -> list[tuple[object, ...]]:
    """Return columns of the customers that orders name."""
    where = "where customer_id is not null order by customer_id"
    return shop.rows(f"select {columns} from profiles {where}")


def test_several_postal_rows_per_customer_do_not_multiply_sums(built_shop: Workshop) -> None:
    result = built_shop.results()["shop.orders"]
    assert customers(built_shop, SUMS) == EXPECTED
    assert customers(built_shop, "customer_id, areas, city")[:2] == [
        ("anna", ["north", "east", "south", "west"], "Delft"),
        ("bert", ["centre"], "Breda"),
    ]
    # Anna's two order lines become eight joined rows; of the others each stays one.
    assert result["adapter_response"]["rows_affected"] == 12
    assert sum(result["outcomes"].values()) == 12


def test_keys_without_a_partner_and_lines_without_use_are_counted(built_shop: Workshop) -> None:
    links = {link["source"]: link for link in built_shop.results()["shop.orders"]["links"]}
    told = {name: (link["lines"], link["unused"], link["missing"]) for name, link in links.items()}
    assert told == {
        "orders": (6, 0, 0),
        # cleo is no customer; o6 names none, and that is no missing partner.
        "customers": (3, 0, 1),
        "areas": (5, 0, 1),
        "products": (2, 0, 1),
    }


def test_links_on_two_columns_need_both(built_shop: Workshop) -> None:
    prices = [row[1] for row in built_shop.rows(OTHERS.format("price::varchar", "k%"))]
    assert prices == ["1.00", "2.00", None, None, "1.00", None]


def test_blanks_and_empty_keys_find_no_partner(built_shop: Workshop) -> None:
    """And under `pick: latest` the newest file of a chained source alone is joined."""
    named = [("b1", None), ("b2", None), ("b3", "x")]
    assert built_shop.rows(OTHERS.format("name", "b%")) == named
    assert built_shop.results()["shop.blanks"]["links"][1]["missing"] == 0
    assert built_shop.rows(OTHERS.format("name", "l%")) == [("l1", "new")]


def test_any_name_will_do_for_a_source_and_a_made_column(built_shop: Workshop) -> None:
    for main, chained in NAMES:
        found = built_shop.rows(OTHERS.format("city, name, spent::varchar", f"%{main}"))
        assert found == [
            (f"1{main}", "BE", f"1{main}", "1.50"),
            (f"2{main}", None, f"2{main}", "2.00"),
        ]
        links = built_shop.results()[f"shop.{main}_{chained}"]["links"]
        counts = [(link["source"], link["lines"], link["unused"]) for link in links]
        assert counts == [(main, 3, 0), (chained, 3, 0)]


def test_changed_files_leave_sums_and_lists_as_they_are(
    built_shop: Workshop, tmp_path: Path
) -> None:
    shop = built_shop.copied(tmp_path / "shop")
    before = customers(shop, "*")
    shop.drop("out/orders_1.csv", ORDERS + "o7,anna,A,2,3.00\n")
    shop.build()
    assert shop.outcomes("shop.orders") == {"unchanged": 11, "unmatched": 1, "updated": 4}
    assert customers(shop, "*")[1:] == before[1:]
    assert customers(shop, SUMS)[0] == ("anna", "16.00", 3, "100.00", "16.00")
    shop.drop("ref/areas.csv", AREAS.replace("north", "centre-north"))
    shop.drop("out/products.csv", PRODUCTS.replace("Apple", "Red apple"))
    shop.drop("out/customers.csv", CUSTOMERS.replace("dora,9999", "dora,4811"))
    shop.build()
    spent = [("anna", "16.00", 3), *(row[:3] for row in EXPECTED[1:])]
    assert customers(shop, "customer_id, spent::varchar, lines") == spent
    assert [row[0] for row in customers(shop, "revenue::varchar")] == ["16.00", *REVENUES[1:]]
    assert customers(shop, "city")[3] == ("Breda",)


def test_missing_chained_file_is_an_error_at_its_line_unless_optional(shop: Workshop) -> None:
    drop_chain(shop)
    shop.goals(GOAL)
    (shop.folder / "drop/ref/areas.csv").unlink()
    ended = shop.run("build")
    assert ended.code == 1
    assert "connections/shop.yml:10:" in ended.stdout
    assert "no file matches ref/areas.csv for `areas`" in ended.stdout
    shop.goals(GOAL.replace("postal_code}, format", "postal_code}, optional: true, format"))
    shop.build()
    assert customers(shop, SUMS) == EXPECTED
    assert customers(shop, "city")[0] == (None,)
    shop.drop("ref/areas.csv", AREAS)
    shop.build()
    assert customers(shop, SUMS) == EXPECTED
    assert customers(shop, "customer_id, city")[0] == ("anna", "Delft")


def test_links_compare_expressions_and_one_without_any_partner_is_a_warning(shop: Workshop) -> None:
    """R3: keys without a partner are counted once each, however many rows have them."""
    shop.properties("email: {identifier: true}\nname: text\ncity: text\n")
    shop.write(
        "macros/folded.sql", "{% macro folded(text) %}lower(trim({{ text }})){% endmacro %}\n"
    )
    shop.goals("""\
    - name: orders
      kind: import_profiles
      files:
        orders: "orders.csv"
        people: {path: people.csv, join: {"{{ folded('mail') }}": "{{ folded('orders.email') }}"}}
        towns: {path: towns.csv, join: {zip: "left(people.zip, 4)"}}
        shops: {path: shops.csv, join: {"cast(number as integer)": orders.shop}}
      identify: {by: [{email: orders.email}]}
      map: {name: people.name, city: towns.city}
    """)
    shop.drop("orders.csv", "email,shop\nANN@x,1\nbob@x,2\nbob@x,3\ncas@x,3\n")
    shop.drop("people.csv", "Mail,name,zip\nann@X,Ann,1234AB\n")
    shop.drop("towns.csv", "zip,city\n1234,Rome\n")
    shop.drop("shops.csv", "number\n7\n")
    result = shop.build()["shop.orders"]
    assert shop.profiles("email, name, city") == [
        ("ANN@x", "Ann", "Rome"), ("bob@x", None, None), ("cas@x", None, None),
    ]  # fmt: skip
    missing = {link["source"]: link["missing"] for link in result["links"]}
    assert missing == {"orders": 0, "people": 2, "towns": 0, "shops": 3}
    assert result["warnings"] == [
        "`shops`: 3 keys of the files above it, none with a partner here; check `join` at"
        " connections/shop.yml:11:32; `runner scan` shows keys of both sides"
    ]
    scanned = shop.run("scan", "shop.orders").stdout
    assert "partly linked: {{ folded('mail') }} = {{ folded('orders.email') }}" in scanned
    assert "not linked: " not in scanned
    assert "NOT LINKED: cast(number as integer) = orders.shop" in scanned
