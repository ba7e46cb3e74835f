"""A macro of the project that is called by itself, as `dbt run-operation` does."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from runner.errors import UsageError, choices, nearest
from runner.inspect.query import Answer, read_only
from runner.workspace.workspace import Workspace


@dataclass(frozen=True)
class Column:
    """A column of a result."""

    name: str
    found: tuple[Any, ...]

    def values(self) -> tuple[Any, ...]:
        """Return its values, one for each row."""
        return self.found

    def __iter__(self) -> Iterator[Any]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)


class Row(tuple[Any, ...]):
    """A row of a result; its values are found by number, or by the name of their column."""

    names: Sequence[str] = ()

    def __getitem__(self, key: Any) -> Any:
        return super().__getitem__(self.names.index(key) if isinstance(key, str) else key)

    def values(self) -> tuple[Any, ...]:
        """Return its values."""
        return tuple(self)


class Table:
    """The result of `run_query`, with what dbt's results are asked for most."""

    def __init__(self, answer: Answer) -> None:
        self.column_names = answer.columns
        self.rows = [Row(row) for row in answer.rows]
        for row in self.rows:
            row.names = answer.columns
        self.columns = [
            Column(name, tuple(row[number] for row in answer.rows))
            for number, name in enumerate(answer.columns)
        ]

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def print_table(self) -> str:
        """Return the rows as lines, columns between bars."""
        lines = [self.column_names, *self.rows]
        return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def run_operation(
    workspace: Workspace, macro: str, arguments: Mapping[str, Any], say: Callable[[str], None]
) -> None:
    """Call a macro; `say` gets what it logs and prints.

    `run_query` in it reads the published warehouse. Raises UsageError where there is no such
    macro, DefinitionError where it fails, ExecutionError at a query that is wrong.
    """
    known = [name for name in workspace.library.macro_names if not name.startswith("test_")]
    if macro not in known:
        raise UsageError(
            f"there is no macro '{macro}' in macros/.{nearest(macro, known)}"
            f" Known: {choices(known) or 'none'}"
        )
    workspace.library.say = say

    workspace.call_macro(
        macro, arguments, lambda sql, sources: Table(read_only(workspace, sql, sources))
    )
