"""Links of which no key finds a partner: they are more often declared wrong than empty (R3)."""

from collections.abc import Iterable

from runner.compile.import_plan import ImportPlan
from runner.errors import counted
from runner.reconciliation import LinkCounts


def link_warnings(plan: ImportPlan, links: Iterable[LinkCounts]) -> tuple[str, ...]:
    """Return a warning for each link with lines and keys of which none has a partner."""
    return tuple(
        f"`{link.source}`: {_keys(link)} of the files above it, none with a partner here;"
        f" check `join` at {plan.goal.files[link.source].location('join', of_key=True)};"
        " `runner scan` shows keys of both sides"
        for link in links
        if link.lines and link.missing and not link.used
    )


def _keys(link: LinkCounts) -> str:
    return counted(link.missing, "key")
