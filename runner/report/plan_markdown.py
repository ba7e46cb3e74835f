"""What a build would do, in the Markdown of pull requests."""

import html
from collections.abc import Iterable, Iterator, Sequence

from runner.errors import DefinitionError, RunnerError
from runner.orchestrate.plan import DefinitionChange, Plan
from runner.report.causes import failures, located, names, skips, warnings
from runner.report.layout import MASKED
from runner.report.node_line import outcome_parts
from runner.report.plan import (
    base_text,
    definition_text,
    running_text,
    table_parts,
    table_title,
    value_text,
    verdict,
)
from runner.report.printable import printable, printable_lines
from runner.report.quantities import size, thousands
from runner.result import NodeResult
from runner.secret_values import SECRETS
from runner.warehouse.comparison import EventChanges, SegmentChanges, TableChanges

MARKS = str.maketrans(
    # GitHub looks for names of people and numbers of issues in what Markdown made of a text.
    {mark: f"\\{mark}" for mark in "\\`*_{}[]+|~:"} | {mark: f"{mark}<!-- -->" for mark in "@#"}
)
"""Characters that Markdown, or GitHub in it, takes for more than themselves."""
MOST = 60_000
"""Characters of a plan; a comment on GitHub may have 65,536."""
CUT = "…cut here: `runner plan` shows all of it."
NEW_LINE = "\n"


def plan_markdown(plan: Plan) -> str:
    """Return a plan as Markdown; what comes from files and definitions is shown as it is.

    One that would be longer than a comment may be has no examples, and no more lines than fit.
    """
    text = _markdown(plan, has_examples=True)
    if len(text) > MOST:
        text = _markdown(plan, has_examples=False)
    if len(text) > MOST:
        text = f"{text[:MOST].rpartition(NEW_LINE)[0]}\n\n{CUT}"
    return text


def error_markdown(error: RunnerError) -> str:
    """Return the error that a build would end with before anything is imported, as Markdown."""
    if isinstance(error, DefinitionError):
        lines = [f"- {plain(str(fault))}" for fault in error.faults]
    else:
        lines = [f"- {plain(str(error))}"]
    head = f"**A build would end with exit code {error.exit_code}.**"
    return SECRETS.hide("\n".join(["## Plan of a build", "", head, "", *lines]))


def _markdown(plan: Plan, *, has_examples: bool) -> str:
    result, changes = plan.result, plan.changes
    parts = [
        f"## Plan of a build, target {plain(result.target)}",
        f"**{plain(verdict(plan))}**",
        plain(base_text(plan)),
        plain(running_text(plan)),
        *_section("Definitions", _definitions(plan.definitions)),
        *_section("Imports", _imports(result.nodes)),
        *_table(changes.profiles, has_examples),
        *(part for table in changes.groups for part in _table(table, has_examples)),
        *_section("Events", _events(changes.events)),
        *_section("Segments", _segments(changes.segments)),
        *_section("Exports", _exports(result.nodes)),
        plain(MASKED) if plan.is_masked else "",
        *_section("Warnings", _warnings(plan)),
        *_section("Errors", _errors(result.nodes)),
        *_section("Skipped", _skipped(result.nodes)),
    ]
    return SECRETS.hide("\n\n".join(filter(None, parts)))


def plain(text: str) -> str:
    """Return a text that Markdown shows as it is: no mark, no link, no HTML, no mention."""
    lines = (html.escape(line, quote=False).translate(MARKS) for line in printable_lines(text))
    return "<br>".join(lines)


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    """Give a title and its lines, nothing where there are none."""
    text = "\n".join(lines)
    if text:
        yield f"### {title}"
        yield text


def _rows(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Give the lines of a table whose cells behind the first are numbers; none without rows."""
    for number, row in enumerate(rows):
        if number == 0:
            yield _row(heads)
            yield _row(["---", *("--:" for _ in heads[1:])])
        yield _row(row)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _definitions(definitions: Sequence[DefinitionChange]) -> Iterator[str]:
    new = [plain(change.state.name) for change in definitions if change.is_new]
    if new:
        yield f"- new: {', '.join(new)}"
    for change in definitions:
        if change.is_new:
            continue
        yield f"- **{plain(change.state.name)}** {plain(definition_text(change))}"
        for line in change.state.changes:
            yield f"  - {plain(line)}"


def _imports(nodes: Iterable[NodeResult]) -> Iterator[str]:
    for node in nodes:
        if node.kind.startswith("import_") and not (node.is_idle or node.is_failure):
            rows = ", ".join(outcome_parts(node.outcomes)) or plain(node.message) or "no rows"
            yield f"- **{plain(node.name)}** {rows}"


def _table(table: TableChanges, has_examples: bool) -> Iterator[str]:
    if not table.is_changed:
        return
    yield f"### {plain(table_title(table))}"
    yield ", ".join(table_parts(table))
    counts = (
        (
            plain(column.name),
            thousands(column.filled),
            thousands(column.replaced),
            thousands(column.cleared),
        )
        for column in table.columns
    )
    yield "\n".join(_rows(("property", "set", "changed", "cleared"), counts))
    examples = (
        (
            plain(example.id),
            plain(column.name),
            plain(value_text(example.before)),
            plain(value_text(example.after)),
        )
        for column in table.columns
        for example in column.examples
    )
    lines = "\n".join(_rows(("id", "property", "before", "after"), examples))
    if lines and has_examples:
        yield f"<details><summary>Examples</summary>\n\n{lines}\n\n</details>"


def _events(events: Iterable[EventChanges]) -> Iterator[str]:
    yield from _rows(
        ("type", "before", "after", "created", "changed", "removed"),
        (
            (
                plain(one.type),
                thousands(one.earlier_count),
                thousands(one.later_count),
                thousands(one.created),
                thousands(one.changed),
                thousands(one.removed),
            )
            for one in events
            if one.is_changed
        ),
    )


def _segments(segments: Iterable[SegmentChanges]) -> Iterator[str]:
    yield from _rows(
        ("segment", "before", "after", "enter", "leave"),
        (
            (
                plain(segment.name),
                thousands(segment.earlier_count),
                thousands(segment.later_count),
                thousands(segment.entering),
                thousands(segment.leaving),
            )
            for segment in segments
            if segment.entering or segment.leaving
        ),
    )


def _exports(nodes: Iterable[NodeResult]) -> Iterator[str]:
    yield from _rows(
        ("file", "rows", "size", "changes"),
        (
            (
                f"{plain(node.name)}: {plain(file.path)}",
                thousands(file.rows),
                size(file.size),
                ", ".join(f"{thousands(rows)} {change}" for change, rows in node.changes.items()),
            )
            for node in nodes
            for file in node.exported
        ),
    )


def _warnings(plan: Plan) -> Iterator[str]:
    for warning, nodes in warnings(plan.result).items():
        yield f"- {plain(f'{names(nodes)}: ' if nodes else '')}{plain(warning)}"


def _errors(nodes: Sequence[NodeResult]) -> Iterator[str]:
    for failed in failures(nodes):
        yield f"- **{plain(names(failed, len(failed)))}** {plain(located(failed[0]))}"


def _skipped(nodes: Sequence[NodeResult]) -> Iterator[str]:
    for skipped in skips(nodes):
        why = f": {skipped[0].message}" if skipped[0].message else ""
        yield f"- {plain(printable(names(skipped)))}{plain(why)}"
