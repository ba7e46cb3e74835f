"""Writes the files of this folder: exports of an imagined webshop, with the errors of real files.

    python landing/generate.py [folder]            writes the files (into this folder by default)
    python landing/generate.py [folder] --figures  prints what a correct import of them must give

The bytes are the same on every machine and Python.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterable
from dataclasses import astuple, fields
from datetime import UTC, datetime
from pathlib import Path

from generator.figures import figures
from generator.orders import Product, order_lines, products, soiled
from generator.people import CUSTOMERS, Customer, customers, earlier, subscribers
from generator.places import postal_codes

HERE = Path(__file__).parent
# Accounts that never ordered anything.
SILENT = 120
ORDER_LINE = (
    "order_id",
    "line_no",
    "ordered_at",
    "customer_id",
    "sku",
    "quantity",
    "amount",
    "status",
)
POSTAL_CODE = ("postal_code", "city", "province", "latitude", "longitude", "average_income")
SUBSCRIBER = ("email", "subscribed", "interests", "signed_up_at")
Row = tuple[str, ...]


def text_of(header: Row, lines: Iterable[Row], separator: str = ",", line_end: str = "\n") -> str:
    """Return the text of a file; a field is quoted only if necessary."""
    return "".join(
        separator.join(_field(value, separator) for value in line) + line_end
        for line in (header, *lines)
    )


def _field(value: str, separator: str) -> str:
    if separator in value or '"' in value:
        return '"' + value.replace('"', '""') + '"'
    return value


def files() -> dict[str, tuple[str, datetime]]:
    """Return the text of each file and the time at which it was dropped."""
    goods, places = products(), postal_codes()
    codes = [place[0] for place in places]
    everyone = customers(codes)
    buyers = [*everyone[: CUSTOMERS - SILENT], *everyone[CUSTOMERS:]]
    lines = soiled(order_lines([one.customer_id for one in buyers], goods))
    made = {f"out/orders_{month}.csv": text_of(ORDER_LINE, lines[month]) for month in lines}
    made |= {
        "out/products.csv": _product_text(goods),
        "out/customers_2025-02.csv": _customer_text(earlier(everyone, codes)),
        "out/customers_2025-05.csv": _customer_text(everyone[:CUSTOMERS]),
        "out/subscribers.csv": text_of(SUBSCRIBER, subscribers(everyone)),
        # Saved from a spreadsheet: a byte order mark, semicolons, and line ends of two characters.
        "ref/postal_codes.csv": "\ufeff" + text_of(POSTAL_CODE, places, ";", "\r\n"),
    }
    return {name: (made[name], _dropped_at(name)) for name in sorted(made)}


def _product_text(goods: Iterable[Product]) -> str:
    rows = [(one.sku, one.name, one.category, f"{one.price / 100:.2f}") for one in goods]
    return text_of(("sku", "name", "category", "price"), rows)


def _customer_text(people: Iterable[Customer]) -> str:
    return text_of(tuple(field.name for field in fields(Customer)), map(astuple, people))


def _dropped_at(name: str) -> datetime:
    """Return the night in which a file was dropped: for orders, the night after their month."""
    day = Path(name).stem.rpartition("_")[2]
    if not day.startswith("2025-"):
        return datetime(2025, 1, 1, 3, 0, tzinfo=UTC)
    month = int(day[-2:]) + (1 if "orders" in name else 0)
    return datetime(2025, month, 1, 3, 0, tzinfo=UTC)


def write(folder: Path) -> None:
    """Write all files with their modification times, and list them."""
    for name, (text, dropped_at) in files().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
        os.utime(path, (dropped_at.timestamp(), dropped_at.timestamp()))
        sys.stdout.write(f"{path}\n")


def main() -> None:
    """Read the command line; write the files, or print the figures of the files in the folder."""
    arguments = argparse.ArgumentParser(description="Make the files of the drop folder.")
    arguments.add_argument("folder", nargs="?", type=Path, default=HERE)
    arguments.add_argument("--figures", action="store_true", help="print what an import must give")
    chosen = arguments.parse_args()
    if chosen.figures:
        text = json.dumps(figures(chosen.folder), indent=2, ensure_ascii=False)
        sys.stdout.buffer.write(f"{text}\n".encode())
    else:
        write(chosen.folder)


if __name__ == "__main__":
    main()
