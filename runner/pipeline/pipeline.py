"""The steps of one import, each run after those that it reads."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from runner.compile.step import Step
from runner.engine.protocol import Row
from runner.engine.warehouse import Warehouse
from runner.errors import ExecutionError
from runner.sql.quoting import Sql

STORE = "!"
"""Ends the name of what puts the rows of a step into the table that it declares."""
TABLES = re.compile(r"""(?<![\w."'])(?:runner|main)\.(?:\w+|"(?:[^"]|"")*")""")
"""Tables of the warehouse in the SQL of a step."""
FILES = "runner.files"
"""Table that has the files of the batch only from the first change of a table on."""


class Pipeline:
    """Runs the steps of a goal inside its transaction.

    A step reads a table of the warehouse as it was before the import, but for those that it
    declares ``after``. So what changes a table comes behind the steps that read it as it was,
    and before those that read it as it is then. Rows are removed from a table before others are
    added, and what only adds rows sees it without them.
    """

    def __init__(
        self,
        warehouse: Warehouse,
        steps: Mapping[str, Step],
        slices: Callable[[], int] = lambda: 1,
        done: Iterable[str] = (),
    ) -> None:
        """Take steps; `slices` tells in how many parts sliced ones run, `done` what ran before."""
        self.warehouse = warehouse
        self.steps = steps
        self._slices = slices
        # What ran: how many rows each added, and what each gave to Python.
        self.counts: dict[str, int] = dict.fromkeys(done, 0)
        self._rows: dict[str, list[Row]] = {}
        self._running: list[str] = []
        self._makers = _makers(steps)
        # What changes a table, or tells Python something.
        self._ends = [name for name, step in steps.items() if _is_end(step)]
        self._readers = self._read_tables()

    def __getitem__(self, name: str) -> Step:
        return self.steps[name]

    def __contains__(self, name: str) -> bool:
        return name in self.steps

    def relation(self, name: str) -> Sql:
        """Return the relation of a step."""
        return self.steps[name].relation

    @property
    def joined(self) -> Sql:
        """Return the relation of all joined rows, those imported before included."""
        return self.relation("joined" if "joined" in self else "rows")

    def count(self, name: str, /, **equal: Any) -> int:
        """Return the number of rows in the relation of a step."""
        return self.warehouse.count(self.relation(name), **equal)

    def run(self, *names: str) -> int:
        """Run steps that did not run yet, and before them all that they wait for.

        Returns how many rows the last added. Raises ExecutionError at the line of the definition
        that the engine refused.
        """
        for name in names:
            self._reach(name)
        return self.counts.get(names[-1], 0)

    def run_now(self, *names: str) -> None:
        """Run steps whatever they wait for, also again: those of loops, and those on call."""
        for name in names:
            self._make(name)

    def run_ahead(self) -> None:
        """Run the steps that read tables as they are now, while none is changed.

        The engine reads what they make faster than what is made between changes: see
        `transaction`.
        """
        known: dict[str, bool] = {}
        for node in self._waiting():
            step = self.steps[node.removesuffix(STORE)]
            if step.materialization == "temporary" and self._is_ahead(node, known):
                self._reach(node)

    def run_all(self) -> None:
        """Run what is left, and store it."""
        for name in self._ends:
            self.run(self._stored(name))

    def read(self, name: str) -> list[Row]:
        """Return the rows that a step gives to Python."""
        self.run(name)
        return self._rows[name]

    def _waiting(self) -> dict[str, None]:
        """Return what `run_all` has still to run."""
        found: dict[str, None] = {}
        waiting = [*map(self._stored, self._ends)]
        while waiting:
            node = waiting.pop(0)
            if node not in found and node not in self.counts:
                found[node] = None
                waiting += self._waits_for(node)
        return found

    def _is_ahead(self, node: str, known: dict[str, bool]) -> bool:
        """Tell whether all that a step waits for ran, or only makes relations of its own."""
        if node not in known:
            known[node] = False
            step = self.steps[node.removesuffix(STORE)]
            is_change = node.endswith(STORE) or step.is_appended or step.declared.on_call
            known[node] = node in self.counts or (
                not is_change
                and FILES not in step.sql
                and all(self._is_ahead(other, known) for other in self._waits_for(node))
            )
        return known[node]

    def _reach(self, node: str) -> None:
        if node in self.counts:
            return
        if node in self._running:
            circle = " -> ".join((*self._running[self._running.index(node) :], node))
            raise ExecutionError(f"steps of an import wait for each other: {circle}")
        self._running.append(node)
        for other in self._waits_for(node):
            self._reach(other)
        self._running.pop()
        if node.endswith(STORE):
            self._store(node.removesuffix(STORE))
        else:
            self._make(node)

    def _make(self, name: str) -> None:
        step, warehouse = self.steps[name], self.warehouse
        self.counts[name] = 0
        if step.materialization == "read":
            self._rows[name] = warehouse.read(step)
        elif step.declared.sliced:
            warehouse.run_in_slices(step, self._slices())
        else:
            self.counts[name] = warehouse.run(step)

    def _store(self, name: str) -> None:
        step, warehouse = self.steps[name], self.warehouse
        kind, into, key = step.declared.materialized, step.declared.into, step.declared.key
        self.counts[name + STORE] = 0
        if kind == "upsert":
            warehouse.upsert(into, step.relation, key[0])
        elif warehouse.count(step.relation):
            if kind in ("delete", "replace"):
                warehouse.delete_matching(into, step.relation, key)
            if kind in ("append", "replace"):
                warehouse.add_rows(into, step.relation)

    def _stored(self, name: str) -> str:
        """Return what runs last of a step."""
        step = self.steps[name]
        return name + STORE if step.changes and not step.is_appended else name

    def _waits_for(self, node: str) -> Iterator[str]:
        """Give what has to run before a step, or before its rows are stored."""
        name = node.removesuffix(STORE)
        step = self.steps[name]
        if node != name:
            yield name
        else:
            for relation in sorted(step.reads):
                yield from self._writers(name, relation)
            for table in step.declared.after:
                yield from map(self._stored, self._changing(table))
        if node != name or step.is_appended:
            yield from self._before_change(name)

    def _writers(self, name: str, relation: Sql) -> Iterator[str]:
        """Give the steps that write what a step reads: one makes it, others may add to it."""
        makers = self._makers.get(relation, [])
        if makers and not any(maker in self.counts for maker in makers):
            yield makers[0]
        for adder in self._changing(relation):
            read = (other for own in self.steps[adder].reads for other in self._changing(own))
            if name not in self._closure([adder, *read]):
                yield self._stored(adder)

    def _before_change(self, name: str) -> Iterator[str]:
        """Give what reads a table as it was, and what removes rows of it first."""
        declared = self.steps[name].declared
        if declared.into in self._makers:
            return
        for other in self._readers.get(declared.into, ()):
            reader = self.steps[other]
            is_later = reader.is_appended and reader.declared.into == declared.into
            if other != name and not is_later and declared.into not in reader.declared.after:
                yield other
        if declared.materialized == "append":
            for other in self._changing(declared.into):
                if self.steps[other].declared.materialized == "delete":
                    yield self._stored(other)

    def _changing(self, table: str) -> list[str]:
        """Return the steps that change a table, or add to the relation of another step."""
        return [
            name
            for name in self._ends
            if self.steps[name].changes and self.steps[name].declared.into == table
        ]

    def _read_tables(self) -> dict[str, list[str]]:
        """Return the steps that will run and name a table of the warehouse, by table."""
        readers: dict[str, list[str]] = {}
        for name in self._closure(self._ends):
            for table in {*TABLES.findall(self.steps[name].sql)}:
                readers.setdefault(table, []).append(name)
        return readers

    def _closure(self, names: Iterable[str]) -> dict[str, None]:
        """Return steps and all that they read, directly or not; in order."""
        found: dict[str, None] = {}
        waiting = [*names]
        while waiting:
            name = waiting.pop(0)
            if name not in found:
                found[name] = None
                for relation in sorted(self.steps[name].reads):
                    waiting += self._makers.get(relation, [])[:1]
        return found


def _is_end(step: Step) -> bool:
    is_told = step.materialization == "read"
    return (step.changes or is_told) and not step.declared.on_call


def _makers(steps: Mapping[str, Step]) -> dict[Sql, list[str]]:
    """Return the steps that make each relation, none that only adds to it."""
    makers: dict[Sql, list[str]] = {}
    for name, step in steps.items():
        if not step.is_appended:
            makers.setdefault(step.relation, []).append(name)
    return makers
