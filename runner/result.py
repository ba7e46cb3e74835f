"""What a build did, as values: for the terminal, the artifacts and the history."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from runner.errors import DefinitionError, Location, RunnerError

APPLIED = ("created", "updated")
OUTCOMES = (
    "created",
    "updated",
    "unchanged",
    "duplicate",
    "filtered",
    "unmatched",
    "ambiguous",
    "no_consent",
    "suppressed",
    "rejected",
)
"""What can become of a joined row (R7), in the order in which it is told."""


@dataclass(frozen=True)
class FileBook:
    """The lines of one imported file: lines = records + blank + rejected + header (R7)."""

    source: str
    path: str
    sha256: str
    size: int
    modified_at: datetime
    lines: int
    records: int
    blank: int = 0
    rejected: int = 0
    header: int = 0


@dataclass(frozen=True)
class LinkBook:
    """How the lines of one file source took part in the joined rows (R3)."""

    source: str
    lines: int
    # Lines that at least one joined row refers to.
    used: int
    # Joined rows whose key found no line here.
    missing: int

    @property
    def unused(self) -> int:
        """Return the lines that nothing referred to."""
        return self.lines - self.used


@dataclass(frozen=True)
class EventBook:
    """What became of the events of one type that the rows of a batch told of (E2)."""

    type: str
    created: int
    updated: int
    unchanged: int
    # Without a profile or a time.
    left_out: int
    # Items that another of the same event, file and identifier replaced.
    repeated_items: int = 0
    # Gone, since the lines that told of them were corrected or withdrawn.
    removed: int = 0

    def plus(self, later: "EventBook") -> "EventBook":
        """Return this book and a later one of the same type as one."""
        return EventBook(
            self.type,
            self.created + later.created,
            self.updated + later.updated,
            self.unchanged + later.unchanged,
            self.left_out + later.left_out,
            self.repeated_items + later.repeated_items,
            self.removed + later.removed,
        )


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
    # import_profiles, export_profiles, model, segment or test.
    kind: str
    # success, unchanged, skipped, error; pass, fail, warn for a test.
    status: str
    seconds: float = 0.0
    message: str = ""
    location: Location | None = None
    rows: int = 0
    outcomes: Mapping[str, int] = field(default_factory=dict)
    files: tuple[FileBook, ...] = ()
    links: tuple[LinkBook, ...] = ()
    profiles_created: int = 0
    profiles_updated: int = 0
    profiles_unchanged: int = 0
    # Of an import: those that became part of another (P2).
    profiles_merged: int = 0
    rejects: int = 0
    events: tuple[EventBook, ...] = ()
    exported: tuple[ExportedFile, ...] = ()
    # Of an export: members of the segment, of whom `rows` were exported.
    members: int = 0
    # Why people were left out for want of consent (C1): reason -> rows of an import, members of
    # an export.
    no_consent: Mapping[str, int] = field(default_factory=dict)
    # Of an import: the hash of its definition.
    fingerprint: str = ""
    exit_code: int = 0
    warnings: tuple[str, ...] = ()

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
            events=tuple(map(EventBook.plus, self.events, later.events))
            if len(self.events) == len(later.events)
            else (*self.events, *later.events),
            warnings=(*self.warnings, *later.warnings),
        )

    @property
    def is_failure(self) -> bool:
        """Tell whether the build ends with an error because of this node."""
        return self.status in ("error", "fail")


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
    # Whether it ended early because it was told to.
    stopped: bool = False

    @property
    def finished_at(self) -> datetime:
        """Return when it ended."""
        return self.started_at + timedelta(seconds=self.seconds)

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
    return NodeResult(name, kind, "error", message=message, location=location, exit_code=exit_code)


def with_warnings(result: NodeResult, warnings: tuple[str, ...]) -> NodeResult:
    """Return a result with more warnings."""
    return replace(result, warnings=(*result.warnings, *warnings))
