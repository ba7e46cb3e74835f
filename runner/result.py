"""What a build did, as values: for the terminal, the artifacts and the history."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from runner.errors import DefinitionError, Location, RunnerError
from runner.reconciliation import EventCounts, FileCounts, LinkCounts

CONNECTION = "connection"
"""The kind of the result of a connection whose file is wrong, so that none of its goals ran."""


NOTHING_NEW = "nothing new"
"""How the message of an import begins that finds only files imported before."""


@dataclass(frozen=True)
class ExportedFile:
    """A file that an export goal sent."""

    path: str
    rows: int
    size: int
    sha256: str


@dataclass(frozen=True)
class NodeResult:
    """What became of one goal, model or test."""

    name: str
    # import_profiles, export_profiles, model, segment, test; hook, of those of the run that fail.
    kind: str
    # success, unchanged, incomplete, skipped, error; pass, fail, warn for a test.
    status: str
    seconds: float = 0.0
    message: str = ""
    location: Location | None = None
    rows: int = 0
    outcomes: Mapping[str, int] = field(default_factory=dict)
    files: tuple[FileCounts, ...] = ()
    links: tuple[LinkCounts, ...] = ()
    profiles_created: int = 0
    profiles_updated: int = 0
    profiles_unchanged: int = 0
    # Of an import: those that became part of another (P2).
    profiles_merged: int = 0
    rejects: int = 0
    events: tuple[EventCounts, ...] = ()
    exported: tuple[ExportedFile, ...] = ()
    # Of an export: members of the segment; `rows` of them were exported.
    members: int = 0
    # Of an export that compares its lines with those sent last: change -> lines.
    changes: Mapping[str, int] = field(default_factory=dict)
    # Left out without consent (C1): reason -> rows of an import, members of an export.
    no_consent: Mapping[str, int] = field(default_factory=dict)
    # Of an import: the hash of its definition.
    fingerprint: str = ""
    exit_code: int = 0
    # Of a node that was skipped: the node above it that did not succeed.
    blocked_by: str = ""
    warnings: tuple[str, ...] = ()
    # Of an import: main files on the server that could not be used.
    left: tuple[str, ...] = ()
    # What errors of several nodes have in common, such as a line of the YAML; empty: the message.
    cause: str = ""

    def __post_init__(self) -> None:
        """A node that adds to the exit code is no success: it left a part of its files (F10)."""
        if self.exit_code and self.status in ("success", "unchanged"):
            object.__setattr__(self, "status", "incomplete")

    def plus(self, later: "NodeResult") -> "NodeResult":
        """Return this result and a later one of the same goal as one, counts added up."""
        return replace(
            later,
            seconds=self.seconds + later.seconds,
            rows=self.rows + later.rows,
            outcomes=_added(self.outcomes, later.outcomes),
            no_consent=_added(self.no_consent, later.no_consent),
            files=(*self.files, *later.files),
            links=later.links or self.links,
            profiles_created=self.profiles_created + later.profiles_created,
            profiles_updated=self.profiles_updated + later.profiles_updated,
            profiles_unchanged=self.profiles_unchanged + later.profiles_unchanged,
            profiles_merged=self.profiles_merged + later.profiles_merged,
            rejects=self.rejects + later.rejects,
            events=tuple(map(EventCounts.plus, self.events, later.events))
            if len(self.events) == len(later.events)
            else (*self.events, *later.events),
            warnings=(*self.warnings, *later.warnings),
        )

    @property
    def is_idle(self) -> bool:
        """Return whether it did nothing, and has nothing to say: no file is missing or waits."""
        is_known = self.message.startswith(NOTHING_NEW) and ";" not in self.message
        return self.status == "unchanged" and (is_known or not self.message)

    @property
    def is_failure(self) -> bool:
        """Return whether nothing of it was kept."""
        return self.status in ("error", "fail")

    @property
    def is_error(self) -> bool:
        """Return whether the build ends with an error because of this node (B6)."""
        return self.is_failure or self.exit_code > 0


def _added(first: Mapping[str, int], later: Mapping[str, int]) -> dict[str, int]:
    names = dict.fromkeys((*first, *later))
    return {name: first.get(name, 0) + later.get(name, 0) for name in names}


@dataclass(frozen=True)
class BuildResult:
    """What a build did."""

    build_id: str
    target: str
    started_at: datetime
    seconds: float
    nodes: tuple[NodeResult, ...]
    # Whether analysts see the new warehouse.
    published: bool
    profiles: int = 0
    warnings: tuple[str, ...] = ()
    # Whether it ended early on request.
    stopped: bool = False

    @property
    def finished_at(self) -> datetime:
        """Return when it ended."""
        return self.started_at + timedelta(seconds=self.seconds)

    @property
    def warning_count(self) -> int:
        """Return the number of warnings: of the build, of its nodes, and tests that warn."""
        of_nodes = sum(len(node.warnings) + (node.status == "warn") for node in self.nodes)
        return len(self.warnings) + of_nodes

    @property
    def reason(self) -> str:
        """Return why it failed, in a line: its first error; empty where it did not fail."""
        errors = (f"{node.name}: {node.message}" for node in self.nodes if node.is_error)
        stopped = "it was stopped" if self.stopped else ""
        return next(errors, stopped).partition("\n")[0]

    @property
    def exit_code(self) -> int:
        """Return the code the command ends with (B6)."""
        return max((node.exit_code for node in self.nodes), default=0) or int(self.stopped)


def failed(name: str, kind: str, error: RunnerError, exit_code: int = 1) -> NodeResult:
    """Return the result of a node that ended with an error."""
    location, message = error.location, error.message
    if isinstance(error, DefinitionError):
        first, *others = error.faults
        location = first.location
        message = "\n".join([first.message, *(str(fault) for fault in others)])
    if error.hint:
        message = f"{message}\n{error.hint}"
    return NodeResult(
        name,
        kind,
        "error",
        message=message,
        location=location,
        exit_code=exit_code,
        left=error.files,
        cause=error.cause,
    )


def with_warnings(result: NodeResult, warnings: tuple[str, ...]) -> NodeResult:
    """Return a result with more warnings."""
    return replace(result, warnings=(*result.warnings, *warnings))
