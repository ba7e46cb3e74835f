"""What an engine does with an open warehouse.

Everything above `engine` uses these verbs, those that `warehouse` makes of them, and those of
`store`: nothing there knows which engine runs, or how it stores a warehouse.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol, Self

from runner.engine.project_function import ProjectFunction
from runner.model import Model
from runner.sql.quoting import Sql

Row = tuple[Any, ...]


class Session(Protocol):
    """An open warehouse. Not for use by several threads at once.

    Statements are macros of `sql/engines/<engine>/`, called by name: `ledger.files` is the macro
    `files` of `queries/ledger.sql`. Each engine has the same ones.
    """

    def __enter__(self) -> Self:
        """Return the session, which is closed at the end."""
        ...

    def __exit__(self, *_: object) -> None:
        """Close it."""
        ...

    def close(self) -> None:
        """Close the warehouse."""
        ...

    def statement(self, name: str, /, **values: Any) -> Sql:
        """Return a statement of runner as SQL, its values quoted."""
        ...

    def perform(self, name: str, /, **values: Any) -> list[Row]:
        """Run a statement of runner and return its rows.

        Raises ExecutionError, which is then a defect of runner or of the stored warehouse.
        """
        ...

    def put(self, model: Model, name: str, /, **values: Any) -> list[Row]:
        """Run a statement around a model, or around a `select` that holds it.

        Raises ExecutionError at the line of the model that is wrong, as do `read` and `select`.
        """
        ...

    def read(self, model: Model) -> list[Row]:
        """Run a model and return its rows."""
        ...

    def select(self, model: Model, limit: int | None = None) -> tuple[list[str], list[Row]]:
        """Return the columns and the first rows of a model."""
        ...

    def transaction(
        self, table: str = "", fill: Callable[[], None] | None = None
    ) -> AbstractContextManager[None]:
        """Keep all that is done inside, or, when it raises, none of it (B2).

        `fill` puts rows into `table` before anything reads it, or is changed.
        """
        ...

    def set_variable(self, name: str, value: str | int | None) -> None:
        """Give models a value that they read by its name."""
        ...

    def add_function(self, function: ProjectFunction) -> None:
        """Make a Python function of the project known (R4).

        Raises ExecutionError, made by its `failed`, where a library is missing.
        """
        ...

    def lock(self, files: Sequence[Path] = ()) -> None:
        """Let statements read and write these files and the warehouse, and nothing else (B8).

        Nothing lifts this again but to open the warehouse anew.
        """
        ...

    def recover(self) -> bool:
        """Open the warehouse again where the engine gave up on it; return whether it had.

        What was committed is there; temporary tables are gone.
        """
        ...

    def settle(self) -> None:
        """Write what was committed to where it is stored; raises ExecutionError."""
        ...

    @property
    def memory(self) -> float:
        """Return how many bytes the engine may take."""
        ...
