"""`source()`: the lines of files, as text, in the project's own SQL."""

import pytest

from tests.functional.workshop import Workshop

pytestmark = pytest.mark.any_engine

GOAL = """\
- name: orders
  kind: import_profiles
  files:
    orders: orders_*.csv
    products: {path: products.csv, join: {sku: orders.sku}, format: {separator: ";"}}
  identify: {by: [{id: orders.customer}]}
  map: {product: products.name}
"""
UNSOLD = """\
select products.sku, products._line
from {{ source('shop', 'orders', 'products') }} as products
anti join {{ source('shop', 'orders', 'orders') }} as orders on products.sku = orders.sku
"""


@pytest.fixture
def orders(shop: Workshop) -> Workshop:
    shop.properties("id: {identifier: true}\nproduct: text\n")
    shop.goals(GOAL)
    shop.drop("products.csv", 'sku;name;note\nA;Apple;\nB;"Bread; brown"; x \nC;Cake;z\n')
    shop.drop("orders_1.csv", "customer,sku\n1,A\n1,B\n")
    return shop


def test_model_reads_the_lines_of_all_files_that_were_imported(orders: Workshop) -> None:
    orders.write("models/marts/unsold.sql", UNSOLD)
    orders.build()
    assert orders.rows("from unsold") == [("C", 4)]
    orders.drop("orders_2.csv", "sku,customer,extra\nC,2,e\n")
    orders.build()
    assert orders.rows("from unsold") == []
    found = orders.run(
        "query", "--output", "csv", "select * from {{ source('shop', 'orders', 'orders') }}"
    )
    assert found.stdout.splitlines() == [
        "_file,_line,customer,sku,extra",
        "orders_1.csv,2,1,A,",
        "orders_1.csv,3,1,B,",
        "orders_2.csv,2,2,C,e",
    ]
    # A changed file stands for its former self.
    orders.drop("orders_2.csv", "customer,sku\n2,A\n")
    orders.build()
    assert orders.rows("from unsold") == [("C", 4)]


def test_header_in_the_middle_of_a_file_is_left_out_whatever_reads_the_file(
    orders: Workshop,
) -> None:
    orders.drop("orders_2.csv", "customer,sku\n3,A\ncustomer,sku\n4,B\n")
    orders.drop("orders_3.csv", 'customer,sku\n3,"A\nB"\n4\n5,C\n')
    orders.write("models/marts/lines.sql", "select * from {{ source('shop', 'orders', 'orders') }}")
    orders.build()
    # So are lines that fit no dialect.
    others = orders.rows("select _line, sku from lines where _file = 'orders_3.csv' order by 1")
    assert others == [(2, "A\nB"), (5, "C")]
    lines = orders.rows("select _line, sku from lines where _file = 'orders_2.csv' order by 1")
    assert lines == [(2, "A"), (4, "B")]
    # Without what the record reader wrote, the engine reads the file first.
    for made in (orders.folder / "target/staging").glob("??/*.*"):
        made.unlink()
    orders.build()
    assert orders.rows("select _line, sku from lines where _file = 'orders_2.csv' order by 1") == (
        lines
    )


@pytest.mark.both_engines
def test_segment_and_test_read_sources_without_an_earlier_build(orders: Workshop) -> None:
    orders.write(
        "models/segments/buyers.sql",
        "select profiles.profile_id from {{ ref('profiles') }} as profiles\n"
        "semi join {{ source('shop', 'orders', 'orders') }} as orders on profiles.id = orders.customer",
    )
    orders.write("tests/known_products.sql", "{{ config(severity='warn') }}\n" + UNSOLD)
    ended = orders.run("build")
    assert ended.code == 0, ended.told
    assert orders.rows("from segments.buyers") == orders.rows("select profile_id from profiles")
    assert "1 row fails" in ended.told
    tested = orders.run("test")
    assert "1 row fails" in tested.told


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        (
            "select 1 as a\nfrom {{ source('shop', 'order', 'products') }}",
            "models/marts/bad.sql:2:1: there is no import goal of `shop` 'order'."
            " Did you mean 'orders'?",
        ),
        (
            "from {{ source('shop', 'orders', 'product') }}",
            "models/marts/bad.sql:1:1: there is no file source of `shop.orders` 'product'."
            " Did you mean 'products'?",
        ),
        (
            "from {{ source('orders') }}",
            "models/marts/bad.sql:1:1: found source('orders'); expected a connection, a goal and a"
            " file source",
        ),
        (
            "{{ config(materialized='view') }}from {{ source('shop', 'orders', 'orders') }}",
            "models/marts/bad.sql:1:1: a view cannot read source()",
        ),
    ],
)
def test_mistake_is_reported_at_its_line(orders: Workshop, sql: str, told: str) -> None:
    orders.write("models/marts/bad.sql", sql)
    ended = orders.run("build")
    assert ended.code == 2
    assert told in ended.told


def test_column_that_no_file_has_fails_that_model_alone(orders: Workshop) -> None:
    orders.write(
        "models/marts/bad.sql", "select\n    nam\nfrom {{ source('shop', 'orders', 'products') }}"
    )
    ended = orders.run("build")
    assert ended.code == 1
    assert "models/marts/bad.sql:2:1: " in ended.told
    assert orders.rows("select id from profiles") == [("1",)]
