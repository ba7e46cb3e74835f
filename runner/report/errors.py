"""Errors on the terminal: where, what, the line itself, what to do."""

from rich.console import Console
from rich.text import Text

from runner.definitions.masked_line import ReadLine
from runner.errors import DefinitionError, Location, RunnerError, counted
from runner.report.printable import printable_lines
from runner.report.quoted_line import show_quoted_line
from runner.report.terminal import print_indented


def unread(file: str, line: int) -> str | None:  # noqa: ARG001
    """Read no line: the place alone is shown."""
    return None


def show_error(console: Console, error: RunnerError, read_line: ReadLine = unread) -> None:
    """Print an error; of faults in the definitions all, and how many there are.

    `read_line(file, line)` gives a line of the project, shown under a message.
    """
    if isinstance(error, DefinitionError):
        for fault in error.faults:
            _show(console, fault.location, fault.message, read_line)
        console.print(Text(counted(len(error.faults), "error"), "bold red"))
        return
    _show(console, error.location, error.message, read_line)
    if error.hint:
        hint = "\n".join(printable_lines(error.hint))
        print_indented(console, Text.assemble(("hint: ", "bold cyan"), hint), 2)


def _show(console: Console, location: Location | None, message: str, read_line: ReadLine) -> None:
    text = Text.assemble(("error: ", "bold red"))
    if location:
        text.append("".join(printable_lines(str(location))), "bold").append(": ")
    print_indented(console, text.append("\n".join(printable_lines(message))))
    if location:
        show_quoted_line(console, location, read_line)
