"""Sums over file sources that are not joined to each other: each pair of lines counts (P5)."""

from collections.abc import Iterator, Mapping

from runner.compile.import_plan import ImportPlan
from runner.definitions.file_source import named_sources
from runner.definitions.import_goal import ImportGoal
from runner.inspect.link_scan import LinkScan


def pair_sum_warnings(
    goal: ImportGoal, plan: ImportPlan, links: Mapping[str, LinkScan]
) -> Iterator[str]:
    """Yield a warning for each sum in which a line counts once per line of another source.

    A sum over a file and one that is joined to it, such as a quantity and its price, is fine.
    """
    for item in plan.assignments:
        if item.strategy != "sum":
            continue
        for source in sorted(item.value.sources):
            beside = [
                other
                for other in sorted(item.value.sources)
                if other != source
                and source not in _above(goal, other)
                and other not in _above(goal, source)
            ]
            if beside and source in links and links[source].most_partners > 1:
                yield (
                    f"the sum `{item.name}` takes a line of `{beside[0]}` once for each line of"
                    f" `{source}` beside it, of which up to {links[source].most_partners:,} share"
                    " a key; sum each file by itself, and put the sums together in a model"
                )
                break


def _above(goal: ImportGoal, source: str) -> set[str]:
    """Return the sources that a source is joined to, directly or through others."""
    found: set[str] = set()
    waiting = [source]
    while waiting:
        for other in goal.files[waiting.pop()].join.values():
            for name in named_sources(other, goal.files):
                if name not in found:
                    found.add(name)
                    waiting.append(name)
    return found
