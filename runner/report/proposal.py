"""A proposed goal on the terminal: what was found, what to check, what to do next."""

import sys
from collections.abc import Iterable, Mapping
from typing import TextIO

from rich.text import Text

from runner.errors import counted
from runner.propose.goal_yaml import goal_yaml, properties_yaml
from runner.propose.peek import Peek
from runner.propose.proposal import Proposal, Source
from runner.report.json_value import as_json
from runner.report.layout import MASKED, print_labelled, print_title
from runner.report.printable import printable
from runner.report.table import show_table
from runner.report.terminal import open_console, print_indented


def show_texts(proposal: Proposal, known: Iterable[str]) -> None:
    """Print the YAML of a proposal: the goal, and the properties that are not there yet."""
    sys.stdout.write("# below `goals` of a file of connections/\n")
    sys.stdout.write(goal_yaml(proposal))
    properties = properties_yaml(proposal, known)
    if properties.strip():
        sys.stdout.write("\n# below `properties` of models/properties.yml\n")
        sys.stdout.write(properties)


def show_proposal(proposal: Proposal, texts: Mapping[str, str], goal: str) -> None:
    """Print what a proposal found, which files it is in, and the next commands for its goal.

    An empty `goal` is one whose next commands the caller prints.
    """
    console = open_console(sys.stdout)
    for source in proposal.sources:
        console.print(Text(printable(source.file.path.name), "bold"))
        print_labelled(console, "read", _read(source), indent=2)
        typed = [f"{printable(column.name)} {column.type}" for column in source.columns]
        print_labelled(console, "columns", typed, indent=2)
        if source.link is not None:
            print_labelled(console, "link", [printable(source.link.said)], indent=2)
    console.print(Text(f"profiles are found by {_found_by(proposal)}"))
    notes = [*proposal.notes, *(note for source in proposal.sources for note in _notes(source))]
    notes += [
        f"{name}: no column links it to the others: add it alone" for name in proposal.unlinked
    ]
    if notes:
        print_title(console, "To check", "bold yellow")
    for note in notes:
        print_indented(console, Text(printable(note), "yellow"), 2)
    console.print()
    console.print(Text(f"Written: {', '.join(texts)}"), soft_wrap=True)
    if goal:
        said = f"Review it, then: runner preview {goal}, and runner build"
        console.print(Text(said), soft_wrap=True)


def _found_by(proposal: Proposal) -> str:
    """Return what identifies a profile, in words."""
    names = [printable(column.name) for _, column in proposal.identifiers]
    if proposal.record_id:
        return "a hash of the record"
    return f"{' and '.join(names)} together" if proposal.is_together else ", ".join(names)


def _read(source: Source) -> list[str]:
    file = source.file
    dialect = file.layout.dialect
    separator = {"\t": "tab"}.get(dialect.separator, dialect.separator)
    said = [
        f"{counted(file.outcomes.records, 'record')} of {counted(len(file.columns), 'column')}",
        file.encoding.name,
        f"separator {separator}",
        f"decimal {source.typed.decimal}",
    ]
    if file.outcomes.rejected:
        said.append(f"{counted(file.outcomes.rejected, 'line')} set aside")
    return said


def _notes(source: Source) -> Iterable[str]:
    name = source.file.path.name
    layout = source.file.layout
    for doubt in (source.file.encoding.doubt, layout.doubt, layout.left_out):
        if doubt:
            yield f"{name}: {doubt}"
    for reason, count in source.file.rejects.items():
        yield f"{name}: {counted(count, 'line')} set aside: {reason}"
    for column in source.columns:
        for note in column.notes:
            yield f"{column.source.name}: {note}"


def show_peek(stream: TextIO, found: Peek, show_pii: bool) -> None:
    """Print the first records of a file, and how it was read."""
    console, dialect, outcomes = open_console(stream), found.dialect, found.outcomes
    form = {
        "separator": dialect.separator,
        "quote": dialect.quote,
        "escape": dialect.escape,
        "encoding": dialect.encoding,
        "header": dialect.header if isinstance(dialect.header, bool) else list(dialect.header),
        "skip_lines": dialect.skip_lines,
    }
    how = "as stated" if found.is_stated else "as found"
    console.print(Text(f"{printable(found.name)}: {how}, format: {as_json(form)}"), soft_wrap=True)
    columns = ("line", *outcomes.header)
    show_table(console, columns, found.rows)
    said = f"{counted(outcomes.records, 'record')} in {counted(outcomes.lines, 'line')}"
    if outcomes.rejected:
        said += f", {counted(outcomes.rejected, 'line')} set aside:"
    console.print(Text(said))
    for line, reason in found.rejects:
        console.print(Text(f"  line {line}: {printable(reason)}", "yellow"))
    if not show_pii:
        console.print(Text(MASKED, "dim"), soft_wrap=True)
