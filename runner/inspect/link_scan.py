"""Whether the files of a goal are linked: how many keys of a sample find a partner (R3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from runner.compile.column_names import listed_names
from runner.compile.library import Library
from runner.definitions.file_source import reference
from runner.definitions.import_goal import ImportGoal
from runner.engine.duckdb.warehouse import Warehouse
from runner.errors import Location, nearest
from runner.imports.goal_files import GoalFiles, input_files
from runner.imports.read import LineModels, SourceReading, read_lines
from runner.inspect.personal import Personal
from runner.inspect.preview_model import preview_model
from runner.sql.quoting import Sql, quoted_name

LinkStatus = Literal["linked", "partly linked", "not linked", "not known"]


@dataclass(frozen=True)
class LinkScan:
    """How a file source is linked to one above it."""

    # Its column -> `source.column` above.
    join: Mapping[str, str]
    status: LinkStatus
    location: Location
    # Why it cannot be tried.
    message: str = ""
    # Sampled lines of the source above, and those of them without a key.
    sampled: int = 0
    blank: int = 0
    # Different keys among them, and how many have a partner here.
    keys: int = 0
    found: int = 0
    # The most lines here that share a key: one line above gives as many rows.
    most_partners: int = 0
    # A few keys without a partner, and a few keys of this source.
    missing_keys: tuple[str, ...] = ()
    partner_keys: tuple[str, ...] = ()
    # Whether they are personal data, shown as their shape.
    is_masked: bool = False


class LinkScanner:
    """Tries the links of one goal, on the engine."""

    def __init__(
        self,
        warehouse: Warehouse,
        library: Library,
        goal: ImportGoal,
        files: GoalFiles,
        personal: Personal,
        rows: int,
    ) -> None:
        self.warehouse = warehouse
        self.library = library
        self.goal = goal
        self.files = files
        self.personal = personal
        self.rows = rows
        self.lines: dict[str, int] = {}

    def links(self) -> dict[str, LinkScan]:
        """Return the link of each chained source. Raises StageError or ExecutionError."""
        return {name: self._link(name) for name in list(self.goal.files)[1:]}

    def _link(self, name: str) -> LinkScan:
        source = self.goal.files[name]
        location = self.goal.location("files", name, of_key=True)
        pairs = []
        for own, other in source.join.items():
            above, _, column = other.partition(".")
            mine = self._column(name, own, source.location("join", own, of_key=True))
            theirs = self._column(above, column, source.location("join", own))
            for found in (mine, theirs):
                if isinstance(found, LinkScan):
                    return LinkScan(source.join, found.status, found.location, found.message)
            pairs.append((str(mine), above, str(theirs)))
        if len({above for _, above, _ in pairs}) != 1:
            message = "it is joined to several files at once; `runner preview` shows its rows"
            return LinkScan(source.join, "not known", location, message)
        return self._compared(name, location, pairs)

    def _column(self, name: str, column: str, location: Location) -> str | LinkScan:
        """Return a column as the file spells it, or why there is none."""
        header = self.files.header(name)
        if not header:
            return LinkScan({}, "not known", location, f"no file of `{name}` is here")
        for spelled in header:
            if spelled.lower() == column.strip().lower():
                return spelled
        message = (
            f"`{name}` has no column '{column}'.{nearest(column, header)}"
            f" Its columns: {listed_names(header)}"
        )
        return LinkScan({}, "not linked", location, message)

    def _compared(
        self, name: str, location: Location, pairs: list[tuple[str, str, str]]
    ) -> LinkScan:
        above = pairs[0][1]
        columns, keys = [own for own, _, _ in pairs], [key for _, _, key in pairs]
        model = preview_model(
            self.library,
            "link_sample",
            quoted_name("link"),
            "read",
            keys=[quoted_name(key) for key in keys],
            columns=[quoted_name(column) for column in columns],
            above=self._relation(above),
            below=self._relation(name),
            step=max(1, -(-self.lines[above] // self.rows)),
        )
        sampled, blank, count, found, most, missing, partners = self.warehouse.read(model)[0]
        status: LinkStatus = "linked" if found == count else "partly linked"
        if not found:
            status = "not linked" if count else "not known"
        shown = self._shown(above, keys, missing), self._shown(name, columns, partners)
        return LinkScan(
            self.goal.files[name].join,
            status,
            location,
            "" if count else f"no line of `{above}` has a key",
            sampled,
            blank,
            count,
            found,
            most,
            *shown,
            is_masked=set(shown[0] + shown[1]) != {*missing, *partners},
        )

    def _shown(self, name: str, columns: list[str], keys: list[str]) -> tuple[str, ...]:
        shown = []
        for key in keys:
            for column in columns:
                key = self.personal.of_column(name, column, key) or ""
            shown.append(key)
        return tuple(dict.fromkeys(shown))

    def _relation(self, name: str) -> Sql:
        """Return the table of a source's keys; it is read once."""
        relation = quoted_name(f"{self.goal.name}.{name}")
        if name not in self.lines:
            read_lines(self.warehouse, self.files, lambda: self._reading(name, relation))
            self.lines[name] = self.files.record_count(name)
        return relation

    def _reading(self, name: str, relation: Sql) -> SourceReading:
        """Return what reads the key columns of a source."""
        inputs = [
            {**vars(file), "spelling": {column.lower(): column for column in file.header}}
            for file in input_files(self.files.of(name))
        ]
        model = preview_model(
            self.library,
            "link_keys",
            relation,
            "temporary",
            files=inputs,
            columns=self._key_columns(name),
            format=self.goal.format_of(name),
        )
        return SourceReading({name: LineModels(model)})

    def _key_columns(self, name: str) -> list[str]:
        """Return the columns of a source that some link compares, as its header spells them."""
        wanted = {column.strip().lower() for column in self.goal.files[name].join}
        for source in self.goal.files.values():
            for other in source.join.values():
                split = reference(other)
                if split and split[0] == name:
                    wanted.add(split[1].strip().lower())
        return [column for column in self.files.header(name) if column.lower() in wanted]
