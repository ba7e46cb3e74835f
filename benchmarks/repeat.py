"""What a repeat build costs beside the first: no change, 1 % and 100 % of the lines changed.

With `--keyed` the order lines have a `key`, so that a changed line takes the place of the earlier
one: sums, and lists of what was bought, are taken back. Times are those of the processor, which
other work on the machine disturbs less than the clock.
"""

import argparse
import json
import resource
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks import generate
from benchmarks.ratio import PROJECT, RUNNER

SIZES = (200_000, 1_000_000)
LARGE = 5_000_000
BUILDS = (("first", 0.0), ("no change", 0.0), ("1 % changed", 1.0), ("100 % changed", 100.0))
KEY = "    identify:\n"
MEMORY = "memory_limit: 4GB"
HEAD = f"{'lines':>10}  {'build':<16}{'seconds':>9}{'ratio':>8}"


@dataclass(frozen=True)
class Figure:
    """What one build took."""

    lines: int
    build: str
    # Seconds of all processors.
    seconds: float
    # Over those of the first build of the same size.
    ratio: float


def measure(lines: int, folder: Path, keyed: bool, memory: str) -> Iterator[Figure]:
    """Build the benchmark's project in `folder`, which is emptied, four times.

    Each figure is told when it is known: a size of many lines takes long. `memory` is the
    `memory_limit` of the target, as `10GB`.

    Raises `subprocess.CalledProcessError` when a build fails.
    """
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(PROJECT, folder)
    project = folder / "runner_project.yml"
    text = project.read_text(encoding="utf-8")
    project.write_text(text.replace(MEMORY, f"memory_limit: {memory}"), "utf-8")
    if keyed:
        goals = folder / "connections/webshop.yml"
        text = goals.read_text(encoding="utf-8")
        goals.write_text(text.replace(KEY, "    key: [order_id, line_number]\n" + KEY), "utf-8")
    first = 0.0
    for build, changed in BUILDS:
        if build != "no change":
            generate.write(generate.Webshop(lines, changed), folder / "landing")
        seconds = _build(folder)
        first = first or seconds
        yield Figure(lines, build, round(seconds, 2), round(seconds / first, 2))


def _build(folder: Path) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([RUNNER, "build", "--quiet", "--project-dir", folder], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def line(figure: Figure) -> str:
    """Return a figure as a line of the table."""
    return f"{figure.lines:>10,}  {figure.build:<16}{figure.seconds:>9.2f}{figure.ratio:>8.2f}"


def main() -> None:
    """Measure, print each figure as it comes, and all of them as JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.repeat", description=__doc__)
    parser.add_argument("--lines", type=int, action="append", help="order lines; may come twice")
    parser.add_argument("--large", action="store_true", help=f"also {LARGE:,} lines")
    parser.add_argument("--keyed", action="store_true", help="give the lines a `key`")
    parser.add_argument("--memory", default="4GB", help="memory_limit of the engine")
    parser.add_argument("--folder", type=Path, default=Path("target/benchmark"))
    options = parser.parse_args()
    sizes = [*(options.lines or SIZES), *([LARGE] if options.large else [])]
    figures: list[Figure] = []
    print(HEAD)
    for lines in sizes:
        for figure in measure(lines, options.folder, options.keyed, options.memory):
            print(line(figure), flush=True)
            figures.append(figure)
    print(json.dumps({"keyed": options.keyed, "figures": [asdict(one) for one in figures]}))


if __name__ == "__main__":
    main()
