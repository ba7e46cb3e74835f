"""Which lines count in a sum of a profile, and which were taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from runner.explain.folding import Step
from runner.explain.profile_ledger import SummedLine


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
    taken: set[int] = set()
    for line in lines:
        amount = line.amounts.get(name)
        if amount is None:
            continue
        step = _row_of(line, [one for one in steps if id(one) not in taken])
        counted.append((line, amount, step))
        if step is not None:
            taken.add(id(step))
            step.effect = "counts"
    hashes = {_lines_of(step) for step in steps if step.effect == "counts"}
    for step in steps:
        if step.effect is None and step.read.rejected is not None:
            step.effect, step.reason = "rejected", f"is no {step.item.declared.type}"
        elif step.effect is None and step.read.value is not None:
            is_again = not step.row.ledger.is_retracted and _lines_of(step) in hashes
            step.effect = "not used" if is_again else "retracted"
            step.reason = "a line counts once" if is_again else ""
    return Summed(tuple(counted))


def _row_of(line: SummedLine, steps: Sequence[Step]) -> Step | None:
    """Return the row that gave what a line adds: the one of its origin, or of equal content."""
    own = [
        step
        for step in steps
        if step.row.plan.name == line.goal and "+".join(_sources(step)) == line.sources
    ]
    equal = [step for step in own if _hash_of(step) == line.line_hash]
    for found in (equal, [] if equal else own):
        for step in found:
            if step.row.ledger.origin == line.origin:
                return step
    return equal[0] if equal else None


def _sources(step: Step) -> tuple[str, ...]:
    return step.row.plan.lines[step.item.line - 1]


def _hash_of(step: Step) -> int | None:
    """Return the hash of its line, where it is from one source alone."""
    sources = _sources(step)
    return step.row.line_hashes.get(sources[0]) if len(sources) == 1 else None


def _lines_of(step: Step) -> tuple[object, ...]:
    return (step.row.plan.name, *(step.row.line_hashes.get(one) for one in _sources(step)))
