"""Compares `runner build` with the floor: how many times longer it takes than DuckDB alone.

Two builds are timed, each as a process of its own: the first import, and a repeat after a
share of the order lines has changed. Figures are ratios to the floor of the same files on
the same machine, as a table and as one line of JSON. A missed aim is shown and is no failure.
"""

import argparse
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks import floor, generate

PROJECT = Path(__file__).with_name("project")
RUNNER = Path(sys.executable).with_name("runner")


@dataclass(frozen=True)
class Figure:
    """What one build took, in seconds, beside the floor of its files."""

    build: str
    floor_seconds: float
    build_seconds: float
    # `build_seconds` over `floor_seconds`, and the most that it should be.
    ratio: float
    aim: float


def measure(lines: int, changed: float, folder: Path) -> list[Figure]:
    """Build the benchmark's project in `folder`, which is emptied, and return both figures.

    Raises `subprocess.CalledProcessError` when a build fails.
    """
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(PROJECT, folder)
    figures = []
    for build, share, aim in (
        ("first import", 0, 6),
        (f"repeat, {changed:g} % changed", changed, 3),
    ):
        generate.write(generate.Webshop(lines, share), folder / "landing")
        floor_seconds = floor.seconds(folder / "landing")
        build_seconds = _build(folder)
        ratio = build_seconds / floor_seconds
        figures.append(
            Figure(build, round(floor_seconds, 2), round(build_seconds, 2), round(ratio, 1), aim)
        )
    return figures


def _build(folder: Path) -> float:
    start = time.perf_counter()
    subprocess.run([RUNNER, "build", "--quiet", "--project-dir", folder], check=True)
    return time.perf_counter() - start


def table(figures: Iterable[Figure]) -> str:
    """Return the figures as lines of text, one per build."""
    rows = [f"{'build':<24}{'floor':>9}{'build':>10}{'ratio':>8}{'aim':>6}"]
    rows += [
        f"{figure.build:<24}{figure.floor_seconds:>7.2f} s{figure.build_seconds:>8.2f} s"
        f"{figure.ratio:>8.1f}{figure.aim:>6g}{'' if figure.ratio <= figure.aim else '  missed'}"
        for figure in figures
    ]
    return "\n".join(rows)


def main() -> None:
    """Measure, and print the table and the JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ratio", description=__doc__)
    parser.add_argument("--lines", type=int, default=1_000_000, help="order lines")
    parser.add_argument("--changed", type=float, default=1, metavar="PERCENT")
    parser.add_argument("--folder", type=Path, default=Path("target/benchmark"))
    options = parser.parse_args()
    figures = measure(options.lines, options.changed, options.folder)
    print(table(figures))
    print(json.dumps({"lines": options.lines, "figures": [asdict(figure) for figure in figures]}))


if __name__ == "__main__":
    main()
