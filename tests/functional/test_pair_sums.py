"""A scan warns of sums that count a line once for each line beside it (P5)."""

from tests.functional.workshop import Workshop

GOAL = """\
- name: orders
  kind: import_profiles
  files:
    orders: orders.csv
    items: {path: items.csv, join: {order_id: orders.order_id}}
    payments: {path: payments.csv, join: {order_id: orders.order_id}}
    products: {path: products.csv, join: {sku: items.sku}}
  identify: {by: [{email: orders.email}]}
  map:
    paid: {from: payments.amount, strategy: sum}
    priced: {from: "cast(items.qty as integer) * cast(products.price as integer)", strategy: sum}
    left_over: {from: "cast(payments.amount as integer) - cast(items.freight as integer)", strategy: sum}
"""


def begin(shop: Workshop, second_item: str = "") -> str:
    """Drop an order with two payments, and return what a scan tells."""
    shop.properties(
        "email: {identifier: true}\npaid: integer\npriced: integer\nleft_over: integer\n"
    )
    shop.goals(GOAL)
    shop.drop("orders.csv", "order_id,email\n1,an@x.nl\n")
    shop.drop("items.csv", "order_id,sku,qty,freight\n1,A,1,2\n" + second_item)
    shop.drop("payments.csv", "order_id,amount\n1,10\n1,30\n")
    shop.drop("products.csv", "sku,price\nA,20\nB,18\n")
    return " ".join(shop.run("scan").stdout.split())


def test_sum_over_files_side_by_side_is_told(shop: Workshop) -> None:
    told = begin(shop, "1,B,1,3\n")
    assert (
        "warning: the sum `left_over` takes a line of `payments` once for each line of `items`"
        " beside it, of which up to 2 share a key; sum each file by itself, and put the sums"
        " together in a model"
    ) in told
    assert "rows multiply, sums of one file do not" in told
    assert told.count("warning:") == 1
    shop.build()
    assert shop.profiles("paid, priced, left_over") == [(40, 38, 70)]


def test_one_of_the_files_alone_may_multiply(shop: Workshop) -> None:
    assert "takes a line of `items` once for each line of `payments`" in begin(shop)
