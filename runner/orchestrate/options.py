"""What a user may ask of a build."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from runner.warehouse.imported_file import FileKey


@dataclass(frozen=True)
class BuildOptions:
    """What a user may ask of a build."""

    select: Sequence[str] = ()
    exclude: Sequence[str] = ()
    # Whether the default selector counts where nothing is selected; never in a full refresh.
    uses_default: bool = False
    # The folder with the run_results.json that `result:` selects by; `target/` where absent.
    state: Path | None = None
    full_refresh: bool = False
    # With `full_refresh`: files that are left out from now on; nothing new is imported or sent.
    undo: Sequence[FileKey] = ()
    # Whether a replay may leave out files of which no staged copy is left.
    allow_missing: bool = False
    threads: int | None = None
    wait: bool = False
    fail_fast: bool = False
    # Whether goals may change more than their `max_change`.
    allow_large_change: bool = False
    # Whether exports replace files on the server that they did not write (X7).
    replace_files: bool = False
    # Whether data tests run; `runner run` leaves them out.
    with_tests: bool = True
    command: str = "runner build"
    # Connections whose goals alone run, beside models and tests; empty: all.
    connections: Sequence[str] = ()
    # Asked between steps: whether to end after the step at hand.
    should_stop: Callable[[], bool] = lambda: False
