"""Durations and rows of the last builds, as bars beside each other over time."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from runner.history.records import BuildRecord, NodeRecord
from runner.reconciliation import in_order

HEIGHT = 100
"""Units of the picture in which the highest bar is."""


@dataclass(frozen=True)
class Bar:
    """One build in a plot."""

    build_id: str
    # Place from the left.
    x: int
    # From the bottom: name, where it begins, how high it is.
    parts: tuple[tuple[str, float, float], ...]
    title: str


@dataclass(frozen=True)
class Plot:
    """One figure of the builds over time, the oldest at the left."""

    title: str
    # What the highest bar stands for.
    most: str
    bars: tuple[Bar, ...]


def build_plots(
    builds: Sequence[BuildRecord], outcomes: Mapping[str, Mapping[str, int]]
) -> list[Plot]:
    """Return the plots of builds, which come newest first; none of fewer than two."""
    ended = [build for build in reversed(builds) if build.status != "running"]
    if len(ended) < 2:
        return []
    longest = max(build.seconds for build in ended) or 1
    durations = [
        Bar(
            build.build_id,
            at,
            (("seconds", 0.0, HEIGHT * build.seconds / longest),),
            f"{build.build_id}: {build.seconds:.2f} s",
        )
        for at, build in enumerate(ended)
    ]
    plots = [Plot("Seconds", f"{longest:.2f} s", tuple(durations))]
    most = max((sum(outcomes.get(build.build_id, {}).values()) for build in ended), default=0)
    if most:
        rows = [
            _rows(build, at, outcomes.get(build.build_id, {}), most)
            for at, build in enumerate(ended)
        ]
        plots.append(Plot("Rows by outcome", f"{most:,} rows", tuple(rows)))
    return plots


def outcomes_of(nodes: Sequence[NodeRecord]) -> dict[str, int]:
    """Return how many rows the imports of a build ended with each outcome."""
    total: Counter[str] = Counter()
    for node in nodes:
        total.update(node.outcomes)
    return in_order(total)


def _rows(build: BuildRecord, at: int, outcomes: Mapping[str, int], most: int) -> Bar:
    parts, begin = [], 0.0
    for name, rows in outcomes.items():
        height = HEIGHT * rows / most
        parts.append((name, begin, height))
        begin += height
    told = ", ".join(f"{rows:,} {name.replace('_', ' ')}" for name, rows in outcomes.items())
    return Bar(build.build_id, at, tuple(parts), f"{build.build_id}: {told or 'no rows'}")
