"""Chained files join without multiplying a value (R3)."""

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


@pytest.fixture
def chain(shop: Workshop) -> Workshop:
    """Order lines with customers, areas and products, not built yet."""
    shop.properties(PROPERTIES)
    shop.goals(GOAL)
    shop.drop("ref/areas.csv", AREAS)
    shop.drop("out/customers.csv", CUSTOMERS)
    shop.drop("out/products.csv", PRODUCTS)
    shop.drop("out/orders_1.csv", ORDERS)
    return shop


def test_several_postal_rows_per_customer_do_not_multiply_sums(chain: Workshop) -> None:
    result = chain.build()["shop.orders"]
    assert chain.profiles(SUMS) == EXPECTED
    assert chain.profiles("customer_id, areas, city")[:2] == [
        ("anna", ["north", "east", "south", "west"], "Delft"),
        ("bert", ["centre"], "Breda"),
    ]
    # Anna's two order lines become eight joined rows; of the others each stays one.
    assert result["adapter_response"]["rows_affected"] == 12
    assert sum(result["outcomes"].values()) == 12


def test_keys_without_a_partner_and_lines_without_use_are_counted(chain: Workshop) -> None:
    links = {link["source"]: link for link in chain.build()["shop.orders"]["links"]}
    told = {name: (link["lines"], link["unused"], link["missing"]) for name, link in links.items()}
    assert told == {
        "orders": (6, 0, 0),
        # cleo is no customer; o6 names none, and that is no missing partner.
        "customers": (3, 0, 1),
        "areas": (5, 0, 1),
        "products": (2, 0, 1),
    }


def test_second_build_leaves_sums_and_lists_as_they_are(chain: Workshop) -> None:
    chain.build()
    before = chain.profiles()
    chain.drop("out/orders_1.csv", ORDERS + "o7,anna,A,2,3.00\n")
    chain.build()
    assert chain.outcomes("shop.orders") == {"unchanged": 11, "unmatched": 1, "updated": 4}
    after = chain.profiles()
    assert after[1:] == before[1:]
    assert chain.profiles(SUMS)[0] == ("anna", "16.00", 3, "100.00", "16.00")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("ref/areas.csv", AREAS.replace("north", "centre-north")),
        ("out/products.csv", PRODUCTS.replace("Apple", "Red apple")),
        ("out/customers.csv", CUSTOMERS.replace("dora,9999", "dora,4811")),
    ],
    ids=["areas", "products", "customers"],
)
def test_changed_chained_file_sums_no_order_twice(chain: Workshop, path: str, text: str) -> None:
    chain.build()
    chain.drop(path, text)
    chain.build()
    sums = "customer_id, spent::varchar, lines, revenue::varchar"
    assert chain.profiles(sums) == [(row[0], row[1], row[2], row[4]) for row in EXPECTED]


def test_required_source_filters_rows_without_a_partner(chain: Workshop) -> None:
    goal = GOAL.replace("sku: orders.sku}", "sku: orders.sku}, required: true")
    chain.goals(goal)
    chain.build()
    assert chain.outcomes("shop.orders")["filtered"] == 1
    assert [row[0] for row in chain.profiles("customer_id")] == ["anna", "bert", "cleo"]


def test_links_on_two_columns_need_both(shop: Workshop) -> None:
    shop.properties("id: {identifier: true}\nprice: decimal(18,2)\n")
    shop.goals(
        """\
        - name: lines
          kind: import_profiles
          files:
            lines: lines.csv
            prices: {path: prices.csv, join: {sku: lines.sku, land: lines.land}}
          identify: {by: [{id: lines.id}]}
          map: {price: prices.price}
        """
    )
    shop.drop("prices.csv", "sku,land,price\nA,nl,1\nA,be,2\nB,nl,3\n")
    shop.drop("lines.csv", "id,sku,land\n1,A,nl\n2,A,be\n3,B,be\n4,A,\n5, A ,nl\n6,a,nl\n")
    shop.build()
    prices = [row[0] for row in shop.profiles("price::varchar", "id")]
    assert prices == ["1.00", "2.00", None, None, "1.00", None]


def test_blanks_and_empty_keys_find_no_partner(shop: Workshop) -> None:
    shop.properties("id: {identifier: true}\nname: text\n")
    shop.goals(
        """\
        - name: lines
          kind: import_profiles
          files:
            lines: lines.csv
            names: {path: names.csv, join: {key: lines.key}}
          identify: {by: [{id: lines.id}]}
          map: {name: names.name}
        """
    )
    shop.drop("names.csv", "key,name\n,nobody\n \t,blank\nx,x\n")
    shop.drop("lines.csv", "id,key\n1,\n2,  \n3,x\n")
    result = shop.build()["shop.lines"]
    assert shop.profiles("id, name") == [("1", None), ("2", None), ("3", "x")]
    assert result["links"][1]["missing"] == 0


def test_newest_file_of_a_chained_source_is_joined_under_pick_latest(shop: Workshop) -> None:
    shop.properties("id: {identifier: true}\nname: text\n")
    shop.goals(
        """\
        - name: lines
          kind: import_profiles
          files:
            lines: lines.csv
            names: {path: names_*.csv, join: {id: lines.id}, pick: latest}
          identify: {by: [{id: lines.id}]}
          map: {name: names.name}
        """
    )
    shop.drop("lines.csv", "id\n1\n")
    shop.drop("names_2.csv", "id,name\n1,old\n")
    shop.drop("names_1.csv", "id,name\n1,new\n")
    shop.build()
    assert shop.profiles("name") == [("new",)]


def test_missing_chained_file_is_an_error_at_its_line_unless_optional(chain: Workshop) -> None:
    (chain.folder / "drop/ref/areas.csv").unlink()
    ended = chain.run("build")
    assert ended.code == 1
    assert "connections/shop.yml:10:" in ended.stdout
    assert "no file matches ref/areas.csv for `areas`" in ended.stdout
    chain.goals(GOAL.replace("postal_code}, format", "postal_code}, optional: true, format"))
    chain.build()
    assert chain.profiles(SUMS) == EXPECTED
    assert chain.profiles("city")[0] == (None,)
    chain.drop("ref/areas.csv", AREAS)
    chain.build()
    assert chain.profiles(SUMS) == EXPECTED
    assert chain.profiles("customer_id, city")[0] == ("anna", "Delft")


@pytest.mark.parametrize("names", [("rows", "links"), ("order", "group"), ("profiles", "joined")])
def test_any_name_will_do_for_a_source_and_a_made_column(
    shop: Workshop, names: tuple[str, str]
) -> None:
    main, chained = names
    shop.properties("id: {identifier: true}\nland: text\namount: decimal(18,2)\nname: text\n")
    shop.goals(
        f"""\
        - name: lines
          kind: import_profiles
          files:
            {main}: main.csv
            {chained}: {{path: chained.csv, join: {{order: {main}.order}}}}
          process:
            - set: {{select: "upper({chained}.origin)", My name: "{main}.id || '!'"}}
            - drop: "{main}.id = '3'"
          identify: {{by: [{{id: "{main}.id"}}]}}
          map:
            land: select
            name: My name
            amount: {{from: "{main}.amount", strategy: sum}}
        """
    )
    shop.drop("chained.csv", "order,origin\n7,nl\n7,be\n8,de\n")
    shop.drop("main.csv", "id,order,amount\n1,7,1.50\n2,9,2.00\n3,8,1.00\n")
    result = shop.build()["shop.lines"]
    found = shop.profiles("id, land, name, amount::varchar")
    assert found == [("1", "BE", "1!", "1.50"), ("2", None, "2!", "2.00")]
    links = [(link["source"], link["lines"], link["unused"]) for link in result["links"]]
    assert links == [(main, 3, 0), (chained, 3, 0)]


def test_made_column_cannot_take_a_name_of_runner_itself(chain: Workshop) -> None:
    chain.goals(GOAL + "  process: [{set: {Origin: customers.id}}]\n")
    ended = chain.run("build")
    assert ended.code == 2
    assert "connections/shop.yml:23:" in ended.stderr
    assert "`Origin` is a column of runner itself; choose another name" in ended.stderr
