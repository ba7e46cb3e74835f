"""What the webshop sells, and the order lines of each month, with errors as in real ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from generator.dice import Dice

MONTHS = ("2025-01", "2025-02", "2025-03", "2025-04")
ORDERS_PER_MONTH = 1420
GOODS = {
    "books": ("Atlas", "Cookbook", "Diary", "Novel", "Travel guide"),
    "garden": ("Bird house", "Hose", "Lantern", "Planter", "Pruning shears"),
    "home": ("Blanket", "Candle", "Clock", "Cushion", "Vase"),
    "kitchen": ("Bread knife", "Casserole", "Mug", "Pan", "Teapot"),
    "sports": ("Bottle", "Football", "Rope", "Tent", "Yoga mat"),
    "toys": ("Blocks", "Kite", "Marbles", "Puzzle", "Train"),
}
MODELS = ("Basic", '"Sunrise", small', "De luxe")
Lines = list[tuple[str, ...]]


@dataclass(frozen=True)
class Product:
    """What the shop sells; the price in cents."""

    sku: str
    name: str
    category: str
    price: int


def products() -> list[Product]:
    """Return the assortment: every product in every variant."""
    dice = Dice(5)
    made: list[Product] = []
    for category, things in GOODS.items():
        for thing in things:
            base = 900 + dice.below(7000)
            for number, model in enumerate(MODELS):
                sku = f"{category[:2].upper()}-{len(made) + 101}"
                price = base * (2 + number) // 20 * 10 + 9
                made.append(Product(sku, f"{thing} {model}", category, price))
    return made


def order_lines(customer_ids: Sequence[str], goods: Sequence[Product]) -> dict[str, Lines]:
    """Return the order lines of each month, ordered by time, without errors."""
    dice = Dice(6)
    regulars, wares = dice.shuffled(customer_ids), dice.shuffled(goods)
    by_month: dict[str, Lines] = {}
    for month, name in enumerate(MONTHS):
        days = 28 if name == "2025-02" else 30
        minutes = sorted(dice.below(days * 900) for _ in range(ORDERS_PER_MONTH))
        lines: Lines = []
        for place, minute in enumerate(minutes):
            # Between 7:00 and 22:00, when no clock changes to or from summer time.
            opening = datetime(2025, month + 1, 1, 7, 0, dice.below(60), tzinfo=UTC)
            at = opening + timedelta(days=minute // 900, minutes=minute % 900)
            order_id = f"{500001 + month * ORDERS_PER_MONTH + place}"
            head = (order_id, f"{at:%Y-%m-%d %H:%M:%S}", _buyer(dice, regulars))
            lines += _order(dice, head, wares)
        by_month[name] = lines
    return by_month


def _buyer(dice: Dice, regulars: Sequence[str]) -> str:
    roll = dice.below(1000)
    if roll < 6:
        return ""
    if roll < 10:
        return "GUEST"
    return f"C9900{dice.below(10)}" if roll < 15 else dice.early(regulars)


def _order(dice: Dice, head: tuple[str, str, str], wares: Sequence[Product]) -> Lines:
    """Return the lines of one order, each of another category so that no two are equal."""
    order_id, at, customer_id = head
    lines: Lines = []
    taken: set[str] = set()
    status = "test" if dice.chance(1) else dice.pick(("paid", "paid", "shipped", "shipped"))
    for number in range(1 + dice.early((0, 0, 1, 1, 2, 3, 5))):
        product = dice.early(wares)
        if product.category in taken:
            continue
        taken.add(product.category)
        sku = f"OLD-{dice.below(20)}" if dice.chance(0.4) else product.sku
        quantity = 1 + dice.early((0, 0, 0, 1, 2))
        cents = quantity * product.price * (90 if dice.chance(10) else 100) // 100
        amount, state = f"{cents // 100}.{cents % 100:02d}", status
        if dice.chance(3) and status != "test":
            amount, state = f"-{amount}", "returned"
        head_of_line = (order_id, str(number + 1), at, customer_id)
        lines.append((*head_of_line, sku, str(quantity), amount, state))
    return lines


def soiled(by_month: dict[str, Lines]) -> dict[str, Lines]:
    """Return the lines with bad amounts and dates, repeated lines, a truncated and a blank one."""
    dice = Dice(7)
    january, february, march, april = (list(by_month[month]) for month in MONTHS)
    for amount in ("n/a", "12,50", "1O.00", "abc", "", "--"):
        _spoil(dice, dice.pick((january, march, april)), 6, amount)
    for moment in ("2025-02-30 11:20:00", "0000-00-00 00:00:00", "yesterday", ""):
        _spoil(dice, dice.pick((february, march)), 2, moment)
    for lines in (january, february, april):
        for _ in range(4):
            again = _plain_line(dice, lines)
            lines.insert(again + 1, lines[again])
    april += [april[_plain_line(dice, april)] for _ in range(2)]
    # Exports overlap: a month begins with the last lines of the month before.
    february[:0] = january[-3:]
    march.insert(1200, march[1200][:2])
    february.insert(800, ())
    return dict(zip(MONTHS, (january, february, march, april), strict=True))


def _spoil(dice: Dice, lines: Lines, column: int, value: str) -> None:
    number = _plain_line(dice, lines)
    line = lines[number]
    lines[number] = (*line[:column], value, *line[column + 1 :])


def _plain_line(dice: Dice, lines: Lines) -> int:
    """Return the number of a line of a known customer that is not a test and has no error yet."""
    while True:
        number = 100 + dice.below(len(lines) - 200)
        _, _, at, customer_id, _, _, amount, status = lines[number]
        if customer_id.startswith("C1") and status != "test" and at[:2] == "20" and "." in amount:
            return number
