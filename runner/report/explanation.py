"""Why the values of a customer are what they are, on the terminal and as JSON."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.text import Text

from runner.errors import counted
from runner.report.cell import cell_text
from runner.report.layout import print_title
from runner.report.printable import printable

if TYPE_CHECKING:
    from runner.explain.explanation import (
        Contribution,
        ExplainedValue,
        Explanation,
        IdentifierLink,
        LineOrigin,
    )

MOST_LINES = 20
"""Lines of a property that are shown where all properties are explained."""
IDLE = ("not used", "repeated")
"""Effects of lines without which the value would be the same: their number is enough."""
EFFECT = 10
"""Cells for what a line does."""


def show_explanation(console: Console, explanation: "Explanation", shows_all: bool) -> None:
    """Print where each value comes from, and what links the identifiers.

    With `shows_all` every line of a property, else the last of those that matter.
    """
    print_title(console, "Where its values come from")
    for value in explanation.values:
        if _is_shown(value):
            _show_value(console, value, shows_all)
    missing = [value for value in explanation.values if not _is_shown(value)]
    if missing:
        print_title(console, "Properties without a value")
    for value in missing:
        why = "; ".join(value.notes)
        console.print(
            Text(printable(value.name), "bold").append(f"  {why}", "none"), soft_wrap=True
        )
    print_title(console, "What links its identifiers")
    _show_identifiers(console, explanation)
    for origin, why in explanation.left_out:
        console.print(Text(f"not applied: {where(origin)}: {why}"), soft_wrap=True)
    for note in explanation.notes:
        console.print(Text(printable(note), "yellow"), soft_wrap=True)


def _is_shown(value: "ExplainedValue") -> bool:
    return bool(value.value is not None or value.contributions or value.earlier)


def _show_value(console: Console, value: "ExplainedValue", shows_all: bool) -> None:
    held = "no value" if value.value is None else printable(cell_text(value.value))
    console.print(Text(printable(value.name), "bold").append(f"  {held}", "none"), soft_wrap=True)
    lines = value.contributions
    idle = () if shows_all else tuple(one for one in lines if one.effect in IDLE)
    lines = tuple(one for one in lines if one not in idle)
    hidden = 0 if shows_all else len(lines) - MOST_LINES
    if hidden > 0:
        more = f"  {hidden} earlier lines; --explain {value.name} shows all"
        console.print(Text(printable(more), "dim"), soft_wrap=True)
        lines = lines[hidden:]
    for one in lines:
        console.print(_line(one), soft_wrap=True)
    for alike in _alike(idle):
        console.print(_line(alike[-1], len(alike)), soft_wrap=True)
    for earlier in value.earlier:
        was = f"  {'was':<{EFFECT}}{printable(cell_text(earlier.value))}"
        console.print(Text(was).append(f"  until build {earlier.until}", "dim"), soft_wrap=True)
    for note in value.notes:
        console.print(Text(f"  {printable(note)}", "yellow"), soft_wrap=True)


def _alike(lines: "Sequence[Contribution]") -> list[list["Contribution"]]:
    """Return lines by what they do, and why."""
    found: dict[tuple[str, str], list[Contribution]] = {}
    for one in lines:
        found.setdefault((one.effect, one.reason), []).append(one)
    return list(found.values())


def _line(one: "Contribution", lines: int = 1) -> Text:
    """Return a line, as the last of several."""
    effect = "was" if one.effect == "replaced" else one.effect
    line = Text(f"  {effect:<{EFFECT}}")
    if lines > 1:
        line.append(f"{lines} lines, the last: ")
    shown = one.text if one.value is None else cell_text(one.value)
    line.append(printable(shown or ""))
    for name, text in one.texts.items():
        line.append(f"  {printable(name)} '{printable(text or '')}'", "dim")
    line.append(f"  {where(one.origin)}")
    told = [f"{one.origin.goal} {one.strategy}", f"build {one.origin.build}"]
    told += [f"and {where(other)}" for other in one.others]
    if one.joined_to is not None:
        told.append(f"joined to {where(one.joined_to)}")
    if one.rows > 1:
        told.append(f"{one.rows} rows")
    if one.until:
        told.append(f"until build {one.until}")
    line.append(f"  {', '.join(map(printable, told))}", "dim")
    if one.reason:
        line.append(f"  {printable(one.reason)}", "yellow")
    return line


def _show_identifiers(console: Console, explanation: "Explanation") -> None:
    for one in explanation.identifiers:
        line = Text(f"{printable(one.identifier)}={printable(one.value)}", "bold")
        found = "  in no line"
        if one.first:
            found = f"  {where(one.first)}, {counted(one.rows, 'row')}"
        console.print(line.append(found, "none"), soft_wrap=True)
    for link in explanation.links:
        console.print(Text(f"  {_pair(link)}").append(f"  {where(link.first)}"), soft_wrap=True)
    for merge in explanation.merges:
        told = f"  {merge.profile_id} was merged into it: {merge.goal}, build {merge.build}"
        console.print(Text(printable(told)), soft_wrap=True)


def _pair(link: "IdentifierLink") -> str:
    one, other = ("=".join(map(printable, value)) for value in (link.one, link.other))
    return f"{one} with {other}"


def where(origin: "LineOrigin") -> str:
    """Return the file and line of an origin."""
    return f"{printable(origin.file)}:{origin.line}"


def explanation_values(explanation: "Explanation") -> dict[str, Any]:
    """Return an explanation as JSON holds it."""
    return {
        "values": {value.name: _value(value) for value in explanation.values},
        "identifiers": [
            {
                "identifier": one.identifier,
                "value": one.value,
                "rows": one.rows,
                **(_origin(one.first) if one.first else {}),
            }
            for one in explanation.identifiers
        ],
        "links": [
            {
                "one": dict(zip(("identifier", "value"), link.one, strict=True)),
                "other": dict(zip(("identifier", "value"), link.other, strict=True)),
                "rows": link.rows,
                **_origin(link.first),
            }
            for link in explanation.links
        ],
        "merges": [vars(merge) for merge in explanation.merges],
        "left_out": [{**_origin(origin), "reason": why} for origin, why in explanation.left_out],
        "notes": list(explanation.notes),
    }


def _value(value: "ExplainedValue") -> dict[str, Any]:
    return {
        "value": value.value,
        "lines": [_contribution(one) for one in value.contributions],
        "earlier": [vars(one) for one in value.earlier],
        "empty_lines": value.empty_lines,
        "notes": list(value.notes),
    }


def _contribution(one: "Contribution") -> dict[str, Any]:
    return {
        "effect": one.effect,
        "value": one.value,
        "text": one.text,
        "columns": dict(one.texts),
        "strategy": one.strategy,
        **_origin(one.origin),
        "others": [_origin(other) for other in one.others],
        "joined_to": _origin(one.joined_to) if one.joined_to else None,
        "rows": one.rows,
        "reason": one.reason,
        "until": one.until or None,
    }


def _origin(origin: "LineOrigin") -> Mapping[str, Any]:
    return {
        "goal": origin.goal,
        "file": origin.file,
        "line": origin.line,
        "build": origin.build,
    }
