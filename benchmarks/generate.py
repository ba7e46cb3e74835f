"""Writes the files of an imagined webshop: four chained CSV files of any size.

The same seed and size give the same bytes. `--changed` writes a second version, in which
that share of the order lines has another amount and nothing else differs.
"""

import argparse
from dataclasses import dataclass
from pathlib import Path

import duckdb

QUERIES = Path(__file__).parent / "webshop"
SEPARATORS = {"order_lines": ",", "customers": ",", "products": ",", "postal_codes": ";"}
"""The files, main file first, each with what stands between its fields."""

LINES_PER_CUSTOMER = 5
PRODUCTS = 2_000
POSTAL_CODES = 10_000


@dataclass(frozen=True)
class Webshop:
    """The size and the seed of a webshop."""

    # Order lines; there is one customer for every five.
    lines: int = 1_000_000
    # Share of the lines whose amount differs from the first version, in percent.
    changed: float = 0
    seed: int = 1

    @property
    def customers(self) -> int:
        """Return the number of customers, at least one."""
        return max(1, self.lines // LINES_PER_CUSTOMER)


def write(webshop: Webshop, folder: Path) -> list[Path]:
    """Write the four files into `folder`, replacing those there, and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    variables = {
        "seed": webshop.seed,
        "lines": webshop.lines,
        "changed": webshop.changed,
        "customers": webshop.customers,
        "products": PRODUCTS,
        "postal_codes": POSTAL_CODES,
    }
    paths = []
    with duckdb.connect() as connection:
        for name, value in variables.items():
            connection.execute(f"set variable {name} = ?", [value])
        connection.execute(_query("dice"))
        for name, separator in SEPARATORS.items():
            path = folder / f"{name}.csv"
            connection.sql(_query(name)).write_csv(str(path), sep=separator, header=True)
            paths.append(path)
    return paths


def _query(name: str) -> str:
    return (QUERIES / f"{name}.sql").read_text(encoding="utf-8")


def main() -> None:
    """Write the files that the command line asks for, and say how large they are."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.generate", description=__doc__)
    parser.add_argument("folder", type=Path)
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--lines", type=int, default=Webshop.lines, help="order lines")
    size.add_argument("--customers", type=int, help="customers, with five order lines each")
    parser.add_argument("--changed", type=float, default=0, metavar="PERCENT")
    parser.add_argument("--seed", type=int, default=Webshop.seed)
    options = parser.parse_args()
    lines = options.lines if options.customers is None else options.customers * LINES_PER_CUSTOMER
    for path in write(Webshop(lines, options.changed, options.seed), options.folder):
        print(f"{path}  {path.stat().st_size / 1e6:,.1f} MB")


if __name__ == "__main__":
    main()
