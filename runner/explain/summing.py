"""Which lines count in a sum of a profile, and which were taken back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from runner.explain.counted_lines import SummedLine
from runner.explain.folding import Step


@dataclass(frozen=True)
class Summed:
    """The lines that count in a sum, as the ledger has them."""

    # Each with the row that was read again; None where it could not be read.
    lines: tuple[tuple[SummedLine, Decimal, Step | None], ...]

    @property
    def total(self) -> Decimal | None:
        """Return what they add up to; None without a line."""
        return sum((amount for _, amount, _ in self.lines), Decimal(0)) if self.lines else None


def sum_lines(steps: Sequence[Step], lines: Sequence[SummedLine], name: str) -> Summed:
    """Find the row of each line that counts; the other rows gave what was taken back, or nothing.

    A line counts once, however many rows are joined to it (R3).
    """
    counted: list[tuple[SummedLine, Decimal, Step | None]] = []
    by_hash, by_origin = _by(steps, _hash_of), _by(steps, lambda step: step.row.ledger.origin)
    for line in lines:
        amount = line.amounts.get(name)
        if amount is None:
            continue
        step = _row_of(line, by_hash, by_origin)
        counted.append((line, amount, step))
        if step is not None:
            step.effect = "counts"
    hashes = {_lines_of(step) for step in steps if step.effect == "counts"}
    for step in steps:
        if step.effect is None and step.read.rejected is not None:
            step.effect, step.reason = "rejected", f"is no {step.item.declared.type}"
        elif step.effect is None and step.read.value is not None:
            is_again = not step.row.is_retracted and _lines_of(step) in hashes
            step.effect = "not used" if is_again else "retracted"
            step.reason = "a line counts once" if is_again else ""
    return Summed(tuple(counted))


_Steps = Mapping[tuple[str, str, int | None], Sequence[Step]]
"""Steps by goal, file sources and a number."""


def _by(steps: Sequence[Step], number: Callable[[Step], int | None]) -> _Steps:
    found: dict[tuple[str, str, int | None], list[Step]] = {}
    for step in steps:
        key = (step.row.plan.name, "+".join(_sources(step)), number(step))
        found.setdefault(key, []).append(step)
    return found


def _row_of(line: SummedLine, by_hash: _Steps, by_origin: _Steps) -> Step | None:
    """Return the row that gave what a line adds: the one of its origin, or of equal content.

    A row that gave what another line adds is none.
    """
    equal = _unused(by_hash.get((line.goal, line.sources, line.line_hash), ()))
    own = equal or _unused(by_origin.get((line.goal, line.sources, line.origin), ()))
    of_origin = (step for step in own if step.row.ledger.origin == line.origin)
    return next(of_origin, equal[0] if equal else None)


def _unused(steps: Sequence[Step]) -> list[Step]:
    return [step for step in steps if step.effect is None]


def _sources(step: Step) -> tuple[str, ...]:
    return step.row.plan.lines[step.item.line - 1]


def _hash_of(step: Step) -> int | None:
    """Return the hash of its line, where it is from one source alone."""
    sources = _sources(step)
    return step.row.line_hashes.get(sources[0]) if len(sources) == 1 else None


def _lines_of(step: Step) -> tuple[object, ...]:
    return (step.row.plan.name, *(step.row.line_hashes.get(one) for one in _sources(step)))
