"""What a notice says of a connection: its goals, what went wrong, what waits; no personal data."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

from runner.definitions.declaration import Declaration
from runner.definitions.project import Project
from runner.errors import counted
from runner.reconciliation import OUTCOMES
from runner.result import BuildResult, NodeResult

SHOWN = 5
"""Errors that a notice names; the others are counted."""
SHOWN_WARNINGS = 10
"""Warnings that a notice names."""

QUOTED = re.compile(r"`[^`\n]*`|(?<!\w)'.*?'(?!\w)|(?<!\w)\".*?\"(?!\w)")
"""What a message quotes, quotes inside words included: `'O'Brien'`; and the code in backticks."""
WORD = re.compile(r"\w+")
COMMAND = re.compile(r"\s*pip install ")


@dataclass(frozen=True)
class Notice:
    """A message to the people of a connection."""

    project: Project
    connection: str
    # error, success, or recovered: what they were notified of has passed.
    event: str
    result: BuildResult
    # Results of the goals of the connection.
    nodes: tuple[NodeResult, ...]
    # What went wrong that concerns it: its own goals, and what is above them.
    failures: tuple[NodeResult, ...] = ()

    @property
    def subject(self) -> str:
        """Return the subject of a mail."""
        return f"runner: {self.event} in {self.connection}"

    @property
    def text(self) -> str:
        """Return the text: a line per goal, then errors with their lines and hints, then warnings.

        What a message quotes is masked, as it may come from a file; names that the project writes
        stay.
        """
        result = self.result
        head = (
            f"Project {self.project.file.name}, connection {self.connection},"
            f" target {result.target}, build {result.build_id}, {result.seconds:.1f} s."
        )
        passed = "What was wrong before has passed." if self.event == "recovered" else ""
        lines = [head, *filter(None, [passed]), *self._goals()]
        for title, entries, shown in (
            ("Errors:", self._errors(), SHOWN),
            ("Warnings:", self._warnings(), SHOWN_WARNINGS),
        ):
            if entries:
                more = len(entries) - shown
                lines += ["", title, *entries[:shown]]
                lines += [f"and {more} more"] if more > 0 else []
        return "\n".join(lines) + "\n"

    def _goals(self) -> Iterator[str]:
        for number, node in enumerate(self.nodes):
            yield from [] if number else [""]
            yield f"{node.status:<10} {node.name}: {self._outcome(node)}"
            if node.rejects and not node.is_failure:
                aside = counted(node.rejects, "line or value", "lines and values")
                command = f"`runner rejects --build {self.result.build_id}` lists them"
                yield f"{'':<10} {aside} set aside: {command}"

    def _outcome(self, node: NodeResult) -> str:
        """Return the counts of a goal, and what it says of itself where it did not fail."""
        counts = ", ".join(
            f"{rows} {name.replace('_', ' ')}"
            for name, rows in ((name, node.outcomes.get(name, 0)) for name in OUTCOMES)
            if rows
        )
        said = "" if node.is_failure else self._masked(node.message)
        return "; ".join(filter(None, (counts, said))) or counted(node.rows, "row")

    def _errors(self) -> list[str]:
        return [
            f"{node.location or node.name}: {self._named(node)}{self._masked(node.message)}"
            for node in self.failures
        ]

    def _named(self, node: NodeResult) -> str:
        """Return the name of a node for a message that stands behind a line of the project."""
        return f"{node.name}: " if node.location and node.name not in node.message else ""

    def _warnings(self) -> list[str]:
        others = [node for node in self.failures if node not in self.nodes]
        found = [
            f"{node.name}: {self._masked(warning)}"
            for node in (*self.nodes, *others)
            for warning in node.warnings
        ]
        return [*found, *map(self._masked, self.result.warnings)]

    def _masked(self, message: str) -> str:
        """Return a message without the values that it quotes; later lines are indented."""

        def masked(found: re.Match[str]) -> str:
            text = found[0]
            return text if text[0] == "`" or text[1:-1] in self._words else f"{text[0]}…{text[0]}"

        first, *others = (
            line if COMMAND.match(line) else QUOTED.sub(masked, line)
            for line in message.split("\n")
        )
        return "\n".join([first, *(f"  {line.strip()}" for line in others if line.strip())])

    @cached_property
    def _words(self) -> Collection[str]:
        """Return the names that the project writes in its YAML: keys, values and their parts."""
        project = self.project
        declared: list[Declaration] = [project.file, *project.connections]
        for types in (project.properties, project.event_types, project.group_types):
            declared += types.values()
        names = {*project.properties, *project.event_types, *project.group_types}
        for item in declared:
            names.update(_scalars(item.written))
        return names | {part for name in names for part in WORD.findall(name)}


def _scalars(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield str(key)
            yield from _scalars(item)
    elif isinstance(value, list):
        for item in value:
            yield from _scalars(item)
    elif isinstance(value, str):
        yield str(value)
