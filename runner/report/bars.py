"""Progress bars: one per file or node that is under way."""

from threading import Lock

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Column
from rich.text import Text

from runner.events import Event
from runner.report.printable import printable
from runner.report.quantities import duration, size, thousands

LONGEST_NAME = 28
"""Cells for a name; a longer one loses its beginning, as the end of a path says more."""


class AmountColumn(ProgressColumn):
    """How much is done of how much, in the unit of the task."""

    def render(self, task: Task) -> Text:
        """Return `1.2 MB of 4.0 MB`, `10,000 of 20,000 rows`; without a total, what is done.

        Where nothing is counted, it is the time since the start.
        """
        unit = str(task.fields["unit"])
        if not unit:
            return Text(duration(task.elapsed or 0), "cyan", justify="right")
        shown = size if unit == "bytes" else thousands
        amount = shown(int(task.completed))
        if task.total is not None:
            amount += f" of {shown(int(task.total))}"
        return Text(amount if unit == "bytes" else f"{amount} {unit}", "cyan", justify="right")


class Bars:
    """The bars of a terminal. A bar goes away when its work is complete or `remove`d."""

    def __init__(self, console: Console) -> None:
        self._progress = Progress(
            TextColumn("{task.description}", markup=False, table_column=Column(no_wrap=True)),
            BarColumn(bar_width=14),
            AmountColumn(table_column=Column(no_wrap=True, justify="right")),
            TimeRemainingColumn(compact=True),
            console=console,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._tasks: dict[str, TaskID] = {}
        self._lock = Lock()

    def start(self, name: str) -> None:
        """Draw that a node is under way, and for how long."""
        with self._lock:
            self._draw(name, 0, None, "")

    def show(self, event: Event) -> None:
        """Draw how far the work of a `progress` event is."""
        with self._lock:
            if event.total and event.done >= event.total:
                self._remove(event.name)
            else:
                self._draw(event.name, event.done, event.total or None, event.unit)

    def remove(self, name: str) -> None:
        """Take away the bar of a name, if there is one."""
        with self._lock:
            self._remove(name)

    def clear(self) -> None:
        """Take away all bars."""
        with self._lock:
            for name in list(self._tasks):
                self._remove(name)

    def close(self) -> None:
        """Take away all bars and leave the terminal as it was found."""
        self.clear()
        self._progress.stop()

    def _draw(self, name: str, done: int, total: int | None, unit: str) -> None:
        task = self._tasks.get(name)
        if task is not None:
            self._progress.update(task, completed=done, total=total, unit=unit)
            return
        self._progress.start()
        self._tasks[name] = self._progress.add_task(
            _short(printable(name)), total=total, completed=done, unit=unit
        )

    def _remove(self, name: str) -> None:
        task = self._tasks.pop(name, None)
        if task is not None:
            self._progress.remove_task(task)


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else "…" + name[-LONGEST_NAME + 1 :]
