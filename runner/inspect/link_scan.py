"""Whether the files of a goal are linked: how many keys of a sample find a partner (R3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from runner.compile.expression import Expression, Scope
from runner.compile.library import Library
from runner.compile.link import LinkKey, LinkResolver
from runner.definitions.file_source import named_sources
from runner.definitions.import_goal import ImportGoal
from runner.engine.warehouse import Warehouse
from runner.errors import Fault, Location
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
        self.keys: dict[str, tuple[LinkKey, ...]] = {}

    def links(self) -> dict[str, LinkScan]:
        """Return the link of each chained source. Raises StageError or ExecutionError."""
        chained = list(self.goal.files)[1:]
        untried = {name: self._resolve(name) for name in chained}
        return {name: untried[name] or self._link(name) for name in chained}

    def _resolve(self, name: str) -> LinkScan | None:
        """Find the keys of a source; returns why it cannot be tried."""
        source, location = self.goal.files[name], self.goal.location("files", name, of_key=True)
        above = {
            one for other in source.join.values() for one in named_sources(other, self.goal.files)
        }
        for one in (name, *sorted(above)):
            if not self.files.header(one):
                message = f"no file of `{one}` is here"
                return LinkScan(source.join, "not known", location, message)
        faults: list[Fault] = []
        headers = {one: self.files.header(one) for one in self.goal.files}
        scope = Scope(headers, faults)
        keys = LinkResolver(self.goal, scope, self._rendered).keys(name)
        if faults:
            return LinkScan(source.join, "not linked", faults[0].location, faults[0].message)
        self.keys[name] = keys
        if len({one for key in keys for one in key.other.sources}) != 1:
            message = "it is joined to several files at once; `runner preview` shows its rows"
            return LinkScan(source.join, "not known", location, message)
        return None

    def _rendered(self, text: str, location: Location) -> str:
        return self.library.environment.render(text, location, {}).text

    def _link(self, name: str) -> LinkScan:
        keys = self.keys[name]
        (above,) = {one for key in keys for one in key.other.sources}
        return self._compared(name, above, keys)

    def _compared(self, name: str, above: str, keys: tuple[LinkKey, ...]) -> LinkScan:
        location = self.goal.location("files", name, of_key=True)
        model = preview_model(
            self.library,
            "link_sample",
            quoted_name("link"),
            "read",
            keys=keys,
            above=self._relation(above),
            below=self._relation(name),
            step=max(1, -(-self.lines[above] // self.rows)),
        )
        sampled, blank, count, found, most, missing, partners = self.warehouse.read(model)[0]
        status: LinkStatus = "linked" if found == count else "partly linked"
        if not found:
            status = "not linked" if count else "not known"
        shown = (
            self._shown([key.other for key in keys], missing),
            self._shown([key.own for key in keys], partners),
        )
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

    def _shown(self, values: list[Expression], keys: list[str]) -> tuple[str, ...]:
        shown = []
        for key in keys:
            for source, column in sorted({column for value in values for column in value.columns}):
                key = self.personal.of_column(source, column, key) or ""
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
            source=name,
            files=inputs,
            columns=self._key_columns(name),
            format=self.goal.format_of(name),
        )
        return SourceReading({name: LineModels(model)})

    def _key_columns(self, name: str) -> list[str]:
        """Return the columns of a source that some link compares, as its header spells them."""
        values = [
            value for keys in self.keys.values() for key in keys for value in vars(key).values()
        ]
        wanted = {column for value in values for column in value.columns}
        return [column for column in self.files.header(name) if (name, column) in wanted]
