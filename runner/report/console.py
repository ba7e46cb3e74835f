"""What happens, for a person at a terminal or in the log of a job."""

from typing import Self

from rich.console import Console
from rich.text import Text

from runner.events import Event
from runner.report.bars import Bars
from runner.report.node_line import called, gist, has_news, node_line
from runner.report.printable import printable, printable_lines
from runner.report.terminal import has_bars, print_indented
from runner.result import NodeResult


class ConsoleReporter:
    """A listener that shows events as lines, and `progress` as bars on a terminal.

    Of an event it reads: `name`, `message`; for `started` and `finished` also `done` and
    `total` (the `1 of 6`), `status`, and of `fields`: `kind` (the node's), `seconds`, and
    `result` (a NodeResult, which makes the other two and `status` unnecessary).
    On a terminal a started node has a bar instead of a line of its own.
    Quiet, it shows warnings and failures only. Brief, it shows goals that have news and what went
    wrong, and leaves warnings to the summary, which has them all: they are shown where an error
    ends the build before that. Threads may share it.
    """

    def __init__(self, console: Console, is_quiet: bool = False, is_brief: bool = False) -> None:
        self._console = console
        self._is_quiet = is_quiet
        self._is_brief = is_brief
        self._unshown: list[Event] = []
        self._bars = Bars(console) if has_bars(console) and not is_quiet else None
        self._show = {
            "phase": self._phase,
            "started": self._started,
            "progress": self._progress,
            "finished": self._finished,
            "warning": self._warning,
            "note": self._note,
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self.close()
        for event in self._unshown if kind else ():
            self._print_warning(event)

    def __call__(self, event: Event) -> None:
        """Show one event."""
        self._show[event.kind](event)

    def close(self) -> None:
        """Take the bars away; call it before anything else is printed."""
        if self._bars:
            self._bars.close()

    def _phase(self, event: Event) -> None:
        if self._bars:
            self._bars.clear()
        if event.message and not self._is_quiet:
            text = printable(event.message)
            self._console.print(Text(text[:1].upper() + text[1:], "bold"), soft_wrap=True)

    def _started(self, event: Event) -> None:
        if self._bars:
            self._bars.start(event.name)
        if self._bars or self._is_quiet or self._is_brief:
            return
        node = called(event.name, str(event.fields.get("kind", "")))
        self._line(node_line(_position(event), node, "START", "RUN", None, self._width))

    def _progress(self, event: Event) -> None:
        if self._bars:
            self._bars.show(event)

    def _finished(self, event: Event) -> None:
        if self._bars:
            self._bars.remove(event.name)
        found = event.fields.get("result")
        result = found if isinstance(found, NodeResult) else _plain_result(event)
        if not result.is_error and (self._is_quiet or (self._is_brief and not has_news(result))):
            return
        node = called(event.name, result.kind)
        short = gist(result) if found else printable(event.message)
        seconds = None if result.status == "skipped" else result.seconds
        self._line(node_line(_position(event), node, result.status, short, seconds, self._width))

    def _warning(self, event: Event) -> None:
        if self._is_brief:
            self._unshown.append(event)
        else:
            self._print_warning(event)

    def _print_warning(self, event: Event) -> None:
        name = f"{event.name}: " if event.name else ""
        text = "\n".join(printable_lines(f"{name}{event.message}"))
        print_indented(self._console, Text.assemble(("warning: ", "bold yellow"), (text, "yellow")))

    def _note(self, event: Event) -> None:
        if event.message and not self._is_quiet:
            text = "\n".join(printable_lines(event.message))
            print_indented(self._console, Text(text, "dim"))

    @property
    def _width(self) -> int:
        return min(self._console.width, 100)

    def _line(self, line: Text) -> None:
        self._console.print(line, soft_wrap=True)


def _plain_result(event: Event) -> NodeResult:
    """Return the result of a node from an event that holds none."""
    return NodeResult(
        name=event.name,
        kind=str(event.fields.get("kind", "")),
        status=event.status or "success",
        seconds=float(event.fields.get("seconds", 0.0)),
    )


def _position(event: Event) -> str:
    """Return `1 of 6`, the place in a line of as many, aligned; empty when it is not known."""
    if not event.total:
        return ""
    return f"{event.done:>{len(str(event.total))}} of {event.total}"
