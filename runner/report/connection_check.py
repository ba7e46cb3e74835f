"""The report of `runner debug`: the versions in use, and each connection step by step."""

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from runner.definitions.masked_line import ReadLine
from runner.errors import counted
from runner.report.errors import show_error, unread
from runner.report.layout import print_title
from runner.report.printable import printable, printable_lines
from runner.report.terminal import print_indented
from runner.workspace.connection_check import CheckedStep, ConnectionCheck

MARKS = {
    "ok": ("✓", "green"),
    "failed": ("✗", "bold red"),
    "later": ("·", "yellow"),
    "not tried": ("-", "dim"),
}

WIDEST_FACT = 9
"""Cells for the name of a fact, so that facts printed one by one are aligned."""


def show_facts(console: Console, facts: Sequence[tuple[str, str]]) -> None:
    """Print names with their values, one a line."""
    for name, value in facts:
        line = Text(f"{name:<{WIDEST_FACT}}  ", "dim")
        console.print(Text().append_text(line).append(printable(value)), soft_wrap=True)


def show_checks(
    console: Console, checks: Sequence[ConnectionCheck], read_line: ReadLine = unread
) -> None:
    """Print what came of each connection, then whether all of them work."""
    for check in checks:
        print_title(console, printable(check.name))
        if not check.is_enabled:
            console.print(Text("  not enabled; name it to try it all the same", "dim"))
            continue
        if check.error:
            show_error(console, check.error, read_line)
            continue
        console.print(Text(f"  {check.kind} {printable(check.address)}", "dim"), soft_wrap=True)
        width = max((len(step.name) for step in check.steps), default=0)
        for step in check.steps:
            _show_step(console, step, width)
    _last_line(console, checks)


def _show_step(console: Console, step: CheckedStep, width: int) -> None:
    mark, style = MARKS[step.status]
    first, *rest = printable_lines(step.message or step.status)
    line = Text().append(f"{mark} ", style).append(f"{printable(step.name):<{width}}  ")
    color = "red" if step.status == "failed" else "dim" if step.status != "ok" else ""
    if step.status != "failed":
        print_indented(console, line.append(first, color), 2)
        return
    print_indented(console, Text().append(f"{mark} ", style).append(printable(step.name)), 2)
    print_indented(console, Text(first, color), 6)
    for text in rest:
        # The line that pins a key is copied: it is never wrapped.
        console.print(Text("      ").append(text, "bold"), soft_wrap=True)


def _last_line(console: Console, checks: Sequence[ConnectionCheck]) -> None:
    tried = [check for check in checks if check.is_enabled]
    failed = [check.name for check in tried if check.exit_code]
    console.print()
    if failed:
        names = ", ".join(printable(name) for name in failed)
        message = f"{len(failed)} of {counted(len(tried), 'connection')} failed: {names}"
        console.print(Text(message, "bold red"), soft_wrap=True)
    elif tried:
        console.print(Text(f"{counted(len(tried), 'connection')} checked: all is well", "green"))
    else:
        console.print(Text("There is no connection to try.", "yellow"))
