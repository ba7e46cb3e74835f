"""Where the value of one property comes from, by the rows of a profile."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from runner.compile.input_file import LINES_PER_FILE
from runner.definitions.profile_property import PERMISSION
from runner.errors import counted
from runner.explain.counted_lines import SummedLine
from runner.explain.explanation import Contribution, EarlierValue, ExplainedValue, LineOrigin
from runner.explain.folding import Step, fold, is_same, steps_of
from runner.explain.joined_row import JoinedRow
from runner.explain.profile_ledger import LedgerFile
from runner.explain.summing import sum_lines
from runner.imports.format_warnings import expected_format

UNEXPLAINED = "no line of the ledger gives this value"


@dataclass(frozen=True)
class ValueExplainer:
    """Explains the properties of one profile."""

    # Imports by their id: all that its rows and sums are of.
    files: Mapping[int, LedgerFile]
    sums: Sequence[SummedLine]
    # In the order in which they were applied.
    rows: Sequence[JoinedRow]
    # Goal and key of a line -> the lines that took back what another line of that key gave.
    retracting: Mapping[tuple[str, int | None], Sequence[int]]
    # Goal, file, line and property -> why its text is no value.
    reasons: Mapping[tuple[str, str, int, str], str]
    is_merged: bool

    def explain(
        self, name: str, value: Any, earlier: Iterable[EarlierValue], notes: Iterable[str]
    ) -> ExplainedValue:
        """Return where the value of a property comes from."""
        steps = steps_of(self.rows, name)
        sums = [step for step in steps if step.item.strategy == "sum"]
        summed = sum_lines(sums, self.sums, name)
        others = [step for step in steps if step.item.strategy != "sum"]
        folded = fold(others)
        expected = folded if summed.total is None else summed.total + Decimal(folded or 0)
        is_proved = _is_equal(value, expected)
        if not is_proved:
            is_proved = _found(others, value)
        unread = [self._of_sum(line, amount) for line, amount, step in summed.lines if step is None]
        amounts = {id(step): amount for _, amount, step in summed.lines}
        shown = [self._contribution(step, amounts.get(id(step))) for step in steps if step.effect]
        known = [one.value for one in shown]
        return ExplainedValue(
            name=name,
            value=value,
            contributions=(*_each_line_once(shown), *unread),
            earlier=tuple(
                one for one in earlier if not any(is_same(one.value, value) for value in known)
            ),
            notes=(*notes, *self._notes(name, steps, value, is_proved)),
            empty_lines=sum(step.effect is None for step in steps),
        )

    def line(self, origin: int) -> LineOrigin:
        """Return the line that an origin names."""
        file = self.files.get(origin // LINES_PER_FILE)
        if file is None:
            return LineOrigin("", "", origin % LINES_PER_FILE, "")
        return LineOrigin(file.goal, file.path, origin % LINES_PER_FILE, file.build_id)

    def _contribution(self, step: Step, amount: Decimal | None) -> Contribution:
        main, *others = self._lines(step)
        row = self.line(step.row.ledger.origin)
        taking = self._taking(step) if step.effect == "retracted" else None
        return Contribution(
            origin=main,
            others=tuple(others),
            joined_to=None if row in (main, *others) else row,
            strategy=step.item.strategy,
            texts={
                f"{source}.{column}": step.row.columns.get((source, column))
                for source, column in sorted(step.item.value.columns)
            },
            text=step.read.text,
            value=step.read.value if amount in (None, step.read.value) else amount,
            effect=step.effect or "not used",
            reason=self._reason(step, main, taking),
            until=self._until(step, taking),
        )

    def _lines(self, step: Step) -> list[LineOrigin]:
        """Return the lines that a value was made from; the main line, if from no file."""
        main = step.row.plan.main.name
        sources = sorted(step.item.value.sources, key=lambda source: (source != main, source))
        origins = [step.row.origins.get(source) for source in sources]
        return [self.line(origin) for origin in origins if origin] or [
            self.line(step.row.ledger.origin)
        ]

    def _reason(self, step: Step, line: LineOrigin, taking: LineOrigin | None) -> str:
        if step.effect == "rejected":
            known = self.reasons.get((line.goal, line.file, line.line, step.item.name))
            return f"{known or step.reason}; expected {expected_format(step.item)}"
        if taking is not None:
            return f"by {taking.file}:{taking.line}" if taking.line else f"gone from {taking.file}"
        if step.replaced_by is not None:
            later, *_ = self._lines(step.replaced_by)
            return f"by {later.file}:{later.line}"
        return step.reason

    def _until(self, step: Step, taking: LineOrigin | None) -> str:
        if taking is not None:
            return taking.build
        build = self.line(step.row.ledger.origin).build
        later = step.replaced_by and self.line(step.replaced_by.row.ledger.origin).build
        return later if later and later != build else ""

    def _taking(self, step: Step) -> LineOrigin | None:
        """Return the line that took back what a row gave, where the ledger tells."""
        row = step.row
        found = self.retracting.get((row.ledger.goal, row.key_hash), ())
        later = [origin for origin in found if origin > row.ledger.origin]
        return self.line(min(later)) if later else None

    def _of_sum(self, line: SummedLine, amount: Decimal) -> Contribution:
        return Contribution(self.line(line.origin), (), None, "sum", {}, None, amount, "counts")

    def _notes(self, name: str, steps: Sequence[Step], value: Any, is_proved: bool) -> list[str]:
        if not steps and name == PERMISSION:
            return ["the default: no row says another"]
        if not is_proved:
            merged = ": profiles that became one had it" if self.is_merged else ""
            return (
                [UNEXPLAINED + merged]
                if value is not None
                else ["its lines give a value, and the profile does not have it" + merged]
            )
        if value is not None:
            return []
        if not steps:
            return ["no goal that has rows of this profile fills it"]
        return list(_emptiness(steps))


def _each_line_once(contributions: Iterable[Contribution]) -> Iterable[Contribution]:
    """Return what each line gave once, however many rows it was joined to (R3)."""
    found: dict[object, Contribution] = {}
    for one in contributions:
        key = (one.origin, one.others, one.effect, repr(one.value), one.text, one.reason, one.until)
        before = found.get(key)
        found[key] = replace(before, rows=before.rows + 1) if before else one
    setting = {one.origin for one in found.values() if one.effect == "sets"}
    return [one for one in found.values() if one.effect != "repeated" or one.origin not in setting]


def _emptiness(steps: Sequence[Step]) -> Iterable[str]:
    """Say why rows have no text for a property."""
    empty = [step for step in steps if step.effect is None]
    alone: dict[str, int] = {}
    for step in empty:
        for source in step.item.value.sources:
            if step.row.origins.get(source) is None:
                alone[source] = alone.get(source, 0) + 1
                break
    for source, count in alone.items():
        yield f"{counted(count, 'row has', 'rows have')} no line of `{source}` joined to them"
    rest = len(empty) - sum(alone.values())
    if rest:
        yield f"{counted(rest, 'row has', 'rows have')} no text for it"


def _is_equal(value: Any, expected: Any) -> bool:
    if isinstance(value, Decimal) and isinstance(expected, Decimal | int):
        return value == round(Decimal(expected), -int(value.as_tuple().exponent))
    return is_same(value, expected)


def _found(steps: Sequence[Step], value: Any) -> bool:
    """Mark the last row that gives the value which the profile has; false without one.

    Where profiles were merged, a rule chose between values (P2).
    """
    giving = [step for step in steps if value is not None and is_same(step.read.value, value)]
    if not giving:
        return False
    for step in steps:
        if step.effect == "sets":
            step.effect, step.reason = "not used", "another value was kept when profiles merged"
    giving[-1].effect, giving[-1].reason, giving[-1].replaced_by = "sets", "", None
    return True
