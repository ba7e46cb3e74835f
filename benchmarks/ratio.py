"""Compares `runner build` with the same job written by hand, and with reading the files alone.

Two builds are timed, each as a process of its own: the first import, and a repeat after a
share of the order lines has changed. The job by hand runs in turn with them, on the same files,
and must end in the same profiles. Figures are seconds and their ratio, as a table and as one line
of JSON. A missed aim is shown and is no failure.
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

from benchmarks import by_hand, floor, generate

PROJECT = Path(__file__).with_name("project")
RUNNER = Path(sys.executable).with_name("runner")
AIM = 1.0
"""How many times as long as by hand a build should take at most."""


@dataclass(frozen=True)
class Figure:
    """What one build took, in seconds, beside the same job by hand."""

    build: str
    # To read every column of the files as text, and to hash every line.
    floor_seconds: float
    by_hand_seconds: float
    build_seconds: float

    @property
    def ratio(self) -> float:
        """Return how many times as long as by hand the build took."""
        return self.build_seconds / self.by_hand_seconds


def measure(lines: int, changed: float, folder: Path) -> list[Figure]:
    """Build the benchmark's project in `folder`, which is emptied, and return both figures.

    Raises `subprocess.CalledProcessError` when a build fails, ValueError where the job by hand
    ends in other profiles.
    """
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(PROJECT, folder)
    landing, database = folder / "landing", folder / "by_hand.duckdb"
    figures = []
    for build, share in (("first import", 0), (f"repeat, {changed:g} % changed", changed)):
        generate.write(generate.Webshop(lines, share), landing)
        floor_seconds = floor.seconds(landing)
        by_hand_seconds = by_hand.run(landing, database)
        build_seconds = _build(folder)
        different = by_hand.differences(database, folder / "target/warehouse.duckdb")
        if different:
            raise ValueError(f"{build}: {different} profiles differ from those made by hand")
        figures.append(Figure(build, floor_seconds, by_hand_seconds, build_seconds))
    return figures


def _build(folder: Path) -> float:
    start = time.perf_counter()
    subprocess.run([RUNNER, "build", "--quiet", "--project-dir", folder], check=True)
    return time.perf_counter() - start


def table(figures: Iterable[Figure]) -> str:
    """Return the figures as lines of text, one per build."""
    rows = [f"{'build':<24}{'read':>9}{'by hand':>10}{'build':>10}{'ratio':>8}{'aim':>6}"]
    rows += [
        f"{figure.build:<24}{figure.floor_seconds:>7.2f} s{figure.by_hand_seconds:>8.2f} s"
        f"{figure.build_seconds:>8.2f} s{figure.ratio:>8.2f}{AIM:>6g}"
        f"{'' if figure.ratio <= AIM else '  missed'}"
        for figure in figures
    ]
    return "\n".join(rows)


def _written(figure: Figure) -> dict[str, str | float]:
    return {**asdict(figure), "ratio": figure.ratio}


def main() -> None:
    """Measure, and print the table and the JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ratio", description=__doc__)
    parser.add_argument("--lines", type=int, default=1_000_000, help="order lines")
    parser.add_argument("--changed", type=float, default=1, metavar="PERCENT")
    parser.add_argument("--folder", type=Path, default=Path("target/benchmark"))
    options = parser.parse_args()
    figures = measure(options.lines, options.changed, options.folder)
    print(table(figures))
    print(json.dumps({"lines": options.lines, "figures": [_written(figure) for figure in figures]}))


if __name__ == "__main__":
    main()
