"""The records of a build in the history. Times have a zone; sizes are bytes, durations seconds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

BuildStatus = Literal["running", "success", "error"]


@dataclass(frozen=True)
class BuildRecord:
    """One build."""

    build_id: str
    target: str
    # The command line, as it was typed.
    command: str
    started_at: datetime
    # The warehouse that it makes: it holds the lock of it while it runs.
    warehouse: str = ""
    # None while it runs, and where it was killed.
    finished_at: datetime | None = None
    status: BuildStatus = "running"
    seconds: float = 0.0
    # Profiles in the warehouse when it ended.
    profiles: int = 0
    # Whether analysts saw its warehouse.
    published: bool = False
    # Why it failed: the first error, with the node that has it; empty where it did not.
    reason: str = ""


@dataclass(frozen=True)
class NodeRecord:
    """What became of one goal, model, segment or test of a build."""

    build_id: str
    name: str
    kind: str
    status: str
    seconds: float = 0.0
    message: str = ""
    # `file:line:column`, empty where nothing points at a line.
    location: str = ""
    rows: int = 0
    # Joined rows by outcome (R7).
    outcomes: Mapping[str, int] = field(default_factory=dict)
    profiles_created: int = 0
    profiles_updated: int = 0
    profiles_unchanged: int = 0
    # Lines and values set aside.
    rejects: int = 0
    # Of an export: members of the segment; `rows` of them were exported.
    members: int = 0
    # Of an import: the hash of its definition.
    fingerprint: str = ""
    # What it adds to the exit code of its build; a goal that lacks a file ends well, with 1 or 4.
    exit_code: int = 0


@dataclass(frozen=True)
class FileRecord:
    """A file that a goal imported: lines = records + blank + rejected + header (R7)."""

    build_id: str
    goal: str
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
class ExportRecord:
    """A file that a goal sent."""

    build_id: str
    goal: str
    path: str
    rows: int
    size: int
    sha256: str


@dataclass(frozen=True)
class ProgressRecord:
    """What a build that runs does now, and how far it is."""

    build_id: str
    # stage, import, model, export ...
    phase: str
    # The node or the file at hand; empty between two.
    name: str
    message: str
    # How much is done, of how much, in `unit`; 0 when unknown.
    done: int
    total: int
    unit: str
    told_at: datetime


@dataclass(frozen=True)
class RecordedBuild:
    """All that is kept of one build, each part in the order in which it was added."""

    build: BuildRecord
    nodes: tuple[NodeRecord, ...]
    files: tuple[FileRecord, ...]
    exports: tuple[ExportRecord, ...]
