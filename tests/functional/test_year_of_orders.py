"""Twelve months of orders, sent one by one, sent again, corrected; daily returns (R3, P4, P5, E2).

What must become of them is computed in plain Python, from what the partner knows.
"""

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

import pytest

from tests.functional.workshop import Workshop
from tests.thorough import IS_THOROUGH

pytestmark = pytest.mark.any_engine

CUSTOMERS, ORDERS_A_MONTH = (300, 150) if IS_THOROUGH else (100, 50)
PRODUCTS = ("Monitor", "Cable", "Phone", "Laptop", "Headset", "Dryer")
HEAD = "Order ID,Product,Quantity,Price,Order Date,Customer,Status\n"
PROPERTIES = """\
email: {identifier: true}
spent: decimal(18,2)
lines: integer
returned: decimal(18,2)
products: {multi: true}
postal_codes: {multi: true}
"""
GOALS = """\
- name: orders
  kind: import_profiles
  files:
    orders: "sales_*.csv"
    customers: {path: customers.csv, join: {id: orders.Customer}}
  format: {datetime_format: "%m/%d/%y %H:%M"}
  key: [Order ID, Product]
  deleted_when: orders.Status = 'cancelled'
  identify: {by: [{email: customers.email}]}
  map:
    spent:
      from: 'cast(orders.Quantity as integer) * cast(orders.Price as decimal(18,2))'
      strategy: sum
    lines: {value: 1, strategy: sum}
    products: {from: orders.Product, strategy: add}
    postal_codes: {from: customers.postal_code, strategy: add}
  events:
    - type: order
      id: orders."Order ID"
      at: orders."Order Date"
      nested: {product: {id: orders.Product, quantity: orders.Quantity, price: orders.Price}}
- name: returns
  kind: import_profiles
  files:
    returns: "returns_*.csv"
    customers: {path: customers.csv, join: {id: returns.customer}}
  key: number
  identify: {by: [{email: customers.email}]}
  map: {returned: {from: returns.amount, strategy: sum}}
"""


@dataclass(frozen=True)
class Line:
    """A line of an order, as it stands in the file of its month."""

    order: int
    product: str
    quantity: int
    price: Decimal
    date: str
    customer: int
    status: str = ""

    @property
    def text(self) -> str:
        values = (self.order, self.product, self.quantity, self.price, self.date)
        return f"{','.join(map(str, values))},{self.customer},{self.status}\n"


@dataclass
class Partner:
    """Knows its customers, its months, and what it sent."""

    dice: random.Random
    months: dict[int, list[Line]] = field(default_factory=dict)
    # What counts: the last line of each order and product.
    lines: dict[tuple[int, str], Line] = field(default_factory=dict)
    returns: dict[int, tuple[int, Decimal]] = field(default_factory=dict)

    def email(self, customer: int) -> str:
        """Two people use one address: customer 1 and 2, 11 and 12, and so on."""
        return f"c{customer - 1 if customer % 10 == 2 else customer}@example.com"

    def postal_codes(self, customer: int) -> list[str]:
        """Some have moved, and have two."""
        codes = [f"{1000 + customer % 50}"]
        return [*codes, f"{2000 + customer}"] if customer % 7 == 0 else codes

    def customers(self) -> str:
        rows = [
            f"{customer},{self.email(customer)},{code}\n"
            for customer in range(CUSTOMERS)
            for code in self.postal_codes(customer)
        ]
        return "id,email,postal_code\n" + "".join(rows)

    def month(self, month: int) -> str:
        """Make the lines of a month; returns its file, with repeats, blanks and headers."""
        made = []
        for number in range(ORDERS_A_MONTH):
            customer = self.dice.randrange(CUSTOMERS)
            date = f"{month:02}/{self.dice.randint(1, 28):02}/19 {self.dice.randint(0, 23):02}:15"
            for product in self.dice.sample(PRODUCTS, self.dice.choice((1, 1, 1, 2, 3))):
                price = Decimal(self.dice.randrange(100, 90000)) / 100
                order = month * 100_000 + number
                quantity = self.dice.choice((1, 1, 2, 5))
                made.append(Line(order, product, quantity, price, date, customer))
        return self.file(month, made)

    def file(self, month: int, made: list[Line]) -> str:
        """Send the lines of a month: what counts from now on, and the text of the file."""
        self.months[month] = made
        texts = []
        for line in made:
            self.lines[line.order, line.product] = line
            texts += [line.text] * self.dice.choices((1, 2), (30, 1))[0]
            texts += self.dice.choices(([], ["\n"], [HEAD]), (100, 2, 1))[0]
        return HEAD + "".join(texts)

    def corrected(self, month: int, share: float) -> str:
        """Send a month again, a share of its lines corrected, moved or withdrawn."""
        made = []
        for line in self.months[month]:
            change = self.dice.choice(({"quantity": line.quantity + 1}, {"status": "cancelled"},
                {"customer": self.dice.randrange(CUSTOMERS)}, {"price": Decimal("1.50")}))  # fmt: skip
            made.append(replace(line, **change) if self.dice.random() < share else line)
        return self.file(month, made)

    def return_day(self, day: int) -> str:
        """Send the returns of a day, of orders that were sent; some correct earlier ones."""
        texts = []
        for line in self.dice.sample(list(self.lines.values()), 20):
            number = self.dice.choice((day * 100 + len(texts), *self.returns))
            amount = -line.price * self.dice.randint(1, line.quantity)
            self.returns[number] = line.customer, amount
            texts.append(f"{number},{line.customer},{amount}\n")
        return "number,customer,amount\n" + "".join(texts)

    def counting(self) -> Iterator[Line]:
        return (line for line in self.lines.values() if line.status != "cancelled")


def expected(partner: Partner) -> dict[str, dict[str, object]]:
    """Return what each address must have: sums, lists, orders with their items."""
    sums: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    lists: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for line in partner.counting():
        email = partner.email(line.customer)
        sums["spent"][email] += line.quantity * line.price
        sums["lines"][email] += 1
        lists["products"][email].add(line.product)
        lists["postal_codes"][email] |= {*partner.postal_codes(line.customer)}
    for customer, amount in partner.returns.values():
        sums["returned"][partner.email(customer)] += amount
    sorted_lists = {
        name: {email: sorted(values) for email, values in held.items()}
        for name, held in lists.items()
    }
    return {**{name: dict(held) for name, held in sums.items()}, **sorted_lists}


def found(shop: Workshop) -> dict[str, dict[str, object]]:
    columns = {
        "spent": "spent",
        "lines": "lines",
        "returned": "returned",
        "products": "list_sort(products)",
        "postal_codes": "list_sort(postal_codes)",
    }
    return {
        name: dict(shop.rows(f"select email, {sql} from profiles where {name} is not null"))
        for name, sql in columns.items()
    }


def check(shop: Workshop, partner: Partner) -> None:
    """Compare all sums, lists and items with what the partner knows."""
    there, wanted = found(shop), expected(partner)
    for name, values in wanted.items():
        assert there[name] == values, name
    items = shop.rows("select event_id, id, quantity, price from events_order_product order by all")
    assert items == sorted(
        (str(line.order), line.product, line.quantity, line.price) for line in partner.counting()
    )
    events = {str(line.order) for line in partner.counting()}
    assert {row[0] for row in shop.rows("select event_id from events_order")} == events


@pytest.fixture
def partner(shop: Workshop) -> Partner:
    shop.properties(PROPERTIES)
    shop.goals(GOALS)
    partner = Partner(random.Random(7))
    shop.drop("customers.csv", partner.customers())
    return partner


@pytest.mark.thorough
def test_year_of_orders_ends_as_the_partner_knows_it(shop: Workshop, partner: Partner) -> None:
    for month in range(1, 13):
        shop.drop(f"sales_{month:02}.csv", partner.month(month))
        shop.drop(f"returns_{month:02}.csv", partner.return_day(month))
        if IS_THOROUGH or month % 6 == 0:
            shop.build()
        if month % 6 == 0:
            check(shop, partner)
    shop.drop("sales_03.csv", partner.corrected(3, share=0.05))
    shop.drop("sales_07_again.csv", partner.file(7, partner.months[7]))
    shop.build()
    check(shop, partner)
    shop.drop("sales_03.csv", partner.corrected(3, share=0.5))
    shop.drop("sales_11.csv", partner.corrected(11, share=0.05))
    shop.build()
    check(shop, partner)
    before = found(shop), shop.profiles()
    assert "Nothing new" in shop.run("build").stdout
    shop.build("--full-refresh")
    assert (found(shop), shop.profiles()) == before
