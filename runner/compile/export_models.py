"""The SQL models of an export goal (X1 to X4): its rows as text, and their number."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from runner.compile.export_columns import (
    ColumnMaker,
    ExportColumn,
    column_faults,
    consent_values,
    segment_lists,
    unlike_names,
)
from runner.compile.export_dialect import ExportDialect, dialect_faults, header_line
from runner.compile.export_events import EventFile, bounds, event_context, event_files
from runner.compile.export_key import key_columns, naming_columns
from runner.compile.expression import Expression
from runner.compile.group_values import group_values
from runner.compile.library import Library, written
from runner.definitions.export_goal import ExportProfiles
from runner.definitions.format import ExportFormat
from runner.definitions.group_type import group_table
from runner.definitions.objective import Objective
from runner.definitions.profile_property import Property
from runner.definitions.project import Project
from runner.errors import DefinitionError, Location
from runner.model import Materialization, Model
from runner.sql.quoting import Sql, quoted_name

OWN_NAMES = ("key", "content_hash", "partner_key", "change", "position")
"""Columns of an export's relations that are no columns of the file."""

RELATIONS = {
    name: quoted_name(f"export.{name}")
    for name in ("exported", "recorded", "rekeyed", "sent", "removed", "lines", "file")
}
"""Temporary relations of an export that is compared, or written to several files."""


@dataclass(frozen=True)
class Sheet:
    """What becomes of rows in a file: their columns, and the text of each line."""

    # One row per line of the file, every column as text.
    model: Model
    # Quoted columns by which the lines are ordered.
    order: str
    # Column by which a line is found again: its profile.
    key: str
    columns: tuple[ExportColumn, ...]
    headers: tuple[str, ...]
    # SQL over a row: its line of the file; and the line above all others.
    line: str
    header: str


@dataclass(frozen=True)
class FilesModels:
    """What an export runs whose lines are compared with those sent before, or shared out."""

    # One row per exported member, its hash included where it is compared.
    exported: Model
    # One row per line that was sent before, of which another key is recorded than that of today.
    rekeyed: Model | None
    # One row per line that was sent before with a key that is not exported now; None where not
    # listed.
    removed: Model | None
    # One row per line of all files.
    lines: Model
    # One row per change, with the number of its lines.
    line_counts: Model
    # One row per line of one file.
    file: Model
    # What is kept of what was sent, and the columns whose texts are its key.
    state: Model | None
    key_names: tuple[str, ...]
    # Column of `exported`.
    partner_key: str
    # Quoted columns of `lines`.
    change: Sql
    position: Sql
    # Name, as `order` or `order_product`, and rows of each file of events.
    events: tuple[tuple[str, Sheet], ...] = ()


@dataclass(frozen=True)
class ExportModels:
    """What an export goal runs."""

    # As users name it: `webshop.vip`.
    name: str
    connection: str
    goal: ExportProfiles
    # One row per line of the file; its first column is the profile.
    rows: Model
    # One row: members, exported; with objectives those never asked and those who refused; then
    # for each of `lists` the profiles with a split value.
    counts: Model
    # None where one file takes all rows.
    files: FilesModels | None
    # What is written of each line of `rows`.
    sheet: Sheet
    # Multi-valued texts, any value of which may hold the separator.
    lists: tuple[ExportColumn, ...]
    # What members must have consented to (C1).
    objectives: tuple[Objective, ...] = ()

    @property
    def columns(self) -> tuple[ExportColumn, ...]:
        """Return the columns of the file."""
        return self.sheet.columns

    @property
    def models(self) -> tuple[Model, ...]:
        """Return all models, to be written where their errors point."""
        files = self.files
        if files is None:
            return (self.rows, self.counts)
        own = (files.exported, files.rekeyed, files.removed, files.lines, files.state)
        events = (sheet.model for _, sheet in files.events)
        return (self.rows, self.counts, *(model for model in own if model is not None), *events)


def export_models(
    connection: str,
    goal: ExportProfiles,
    project: Project,
    properties: Mapping[str, Property],
    library: Library,
    moment: datetime,
) -> ExportModels:
    """Render the models of an export goal.

    `moment` is the start of the build, from which a last period counts; `properties` holds all
    properties of profiles, those of `map_rest` included. Raises DefinitionError at each column
    whose property does not exist or whose header the encoding lacks.
    """
    faults = [*dialect_faults(goal), *column_faults(goal, properties)]
    if faults:
        raise DefinitionError(faults)
    headers = [column.header for column in goal.columns]
    *names, key, content_hash, partner_key, change, position = unlike_names([*headers, *OWN_NAMES])
    maker = _column_maker(goal, project, properties, library)
    columns = tuple(map(maker.column, goal.columns, names))
    objectives = project.objectives_of(connection, goal)
    dialect = ExportDialect.of(goal.format, project.file.timezone)
    context = _context(goal, maker, columns, key) | {"objectives": objectives, "dialect": dialect}
    own_names = dict(
        zip(OWN_NAMES, (key, content_hash, partner_key, change, position), strict=True)
    )
    writer = _Writer(connection, goal, library)
    rows = writer.model("rows", "external", context)
    events = _events(project, goal, moment)
    return ExportModels(
        name=f"{connection}.{goal.name}",
        connection=connection,
        goal=goal,
        rows=rows,
        counts=writer.model("counts", "read", context),
        files=_files_models(writer, rows, context, own_names, events),
        sheet=writer.sheet(rows, (key,), columns, tuple(headers), dialect),
        lists=context["lists"],
        objectives=objectives,
    )


def _column_maker(
    goal: ExportProfiles, project: Project, properties: Mapping[str, Property], library: Library
) -> ColumnMaker:
    return ColumnMaker(
        project,
        properties,
        segment_lists(goal, project),
        group_values(goal, project),
        consent_values(goal),
        lambda text, location: _plain(library, text, location),
    )


def _context(
    goal: ExportProfiles, maker: ColumnMaker, columns: tuple[ExportColumn, ...], key: str
) -> dict[str, Any]:
    """Return what the templates take of a goal and its columns."""
    return {
        "segment": f"segments.{quoted_name(goal.segment)}" if goal.segment else "",
        "of_groups": goal.of_groups,
        "table": quoted_name(group_table(goal.of_groups) if goal.of_groups else "profiles"),
        "group_values": maker.values,
        "segment_lists": maker.lists,
        "properties": maker.properties,
        "columns": columns,
        "mapped": [column for column in columns if column.kind in ("property", "expression")],
        "made": [column for column in columns if column.made],
        "lists": tuple(column for column in columns if _may_split(column, goal)),
        "consent_values": maker.consents,
        "is_harmless": goal.neutralize_formulas,
        "key": key,
        "placed": _placed,
    }


@dataclass(frozen=True)
class _Events:
    """The files of events of a goal, and the bounds of their period."""

    files: tuple[EventFile, ...]
    since: str
    until: str


def _events(project: Project, goal: ExportProfiles, moment: datetime) -> _Events:
    if goal.events is None:
        return _Events((), "", "")
    zone = goal.format.timezone or project.file.timezone
    files = tuple(event_files(goal, project.event_types))
    return _Events(files, *bounds(goal.events.period, moment, zone))


def _files_models(
    writer: "_Writer",
    rows: Model,
    context: Mapping[str, Any],
    names: Mapping[str, str],
    events: _Events,
) -> FilesModels | None:
    goal = writer.goal
    is_compared = goal.changes != "all"
    if not is_compared and goal.max_rows_per_file is None and not events.files:
        return None
    lists_removed = goal.lists_removed
    of_members = {**context, "names": names, "lists_removed": False, "relation": "exported"}
    of_lines = of_members | {"relation": RELATIONS["lines"], "lists_removed": lists_removed}
    key = key_columns(goal, context["columns"])
    compared = _compared_context(writer, rows, context["columns"], names) | {
        "events": [_event_texts(writer, file, of_members, events) for file in events.files],
        **_key_context(key, context["columns"]),
    }
    of_sent = {**context, **compared, "columns": context["columns"]}
    return FilesModels(
        exported=writer.model("hashed", "temporary", compared) if is_compared else rows,
        rekeyed=writer.model("rekeyed", "temporary", of_sent) if is_compared else None,
        removed=writer.model("removed", "temporary", of_sent) if lists_removed else None,
        lines=writer.model("lines", "temporary", compared),
        line_counts=writer.model("line_counts", "read", compared),
        file=writer.model("file", "external", compared),
        state=writer.model("state", "external", compared) if is_compared else None,
        key_names=tuple(column.name for column in key),
        partner_key=names["partner_key"],
        change=quoted_name(names["change"]),
        position=quoted_name(names["position"]),
        events=tuple(
            (file.name, _event_sheet(writer, file, of_lines, events)) for file in events.files
        ),
    )


def _compared_context(
    writer: "_Writer", rows: Model, columns: tuple[ExportColumn, ...], names: Mapping[str, str]
) -> dict[str, Any]:
    """Return what the templates take that compare lines, and share them out."""
    goal = writer.goal
    return {
        "names": names,
        "relations": RELATIONS,
        "select": rows.sql.replace("\n", "\n    "),
        "columns": [quoted_name(column.name) for column in columns],
        "change_columns": [quoted_name(item.name) for item in columns if item.kind == "change"],
        "is_compared": goal.changes != "all",
        "lists_removed": goal.lists_removed,
        "is_file_per_change": goal.has_change_files,
    }


def _key_context(
    key: tuple[ExportColumn, ...], columns: tuple[ExportColumn, ...]
) -> dict[str, Any]:
    """Return what the templates take of the key by which lines are compared (X5)."""
    return {
        "key_columns": key,
        "key_names": [column.name for column in key],
        "naming_columns": naming_columns(key, columns),
    }


def _event_texts(
    writer: "_Writer", file: EventFile, context: Mapping[str, Any], events: _Events
) -> dict[str, Any]:
    """Return a file of events as the hash of a member takes it: its rows are part of the text."""
    variables = event_context(file, context, events.since, events.until)
    return {"key": file.key, "texts": file.texts, "select": writer.text("events", variables)}


def _event_sheet(
    writer: "_Writer", file: EventFile, context: Mapping[str, Any], events: _Events
) -> Sheet:
    variables = event_context(file, context, events.since, events.until)
    model = writer.model("events", "external", variables, f"events_{file.name}")
    return writer.sheet(model, file.own_names, file.columns, file.headers, context["dialect"])


def _fields(columns: tuple[ExportColumn, ...], form: ExportFormat) -> list[tuple[str, bool]]:
    """Return the quoted name of each column, and whether its values may need quotes."""
    return [(quoted_name(column.name), not column.never_needs_quotes(form)) for column in columns]


def _may_split(column: ExportColumn, goal: ExportProfiles) -> bool:
    is_list = column.declared.multi and column.declared.type == "text" and not column.is_hashed
    return is_list and goal.format.multi_value_separator != ""


def _plain(library: Library, text: str, location: Location) -> str:
    return library.environment.render(text, location, {}).text if "{" in text else text


def _placed(sql: str, location: Location) -> str:
    return written(Expression(sql, location)).replace("\n", "\n        ")


@dataclass(frozen=True)
class _Writer:
    """Renders the models of one goal."""

    connection: str
    goal: ExportProfiles
    library: Library

    def sheet(
        self,
        model: Model,
        order: tuple[str, ...],
        columns: tuple[ExportColumn, ...],
        headers: tuple[str, ...],
        dialect: ExportDialect,
    ) -> Sheet:
        """Return how the rows of a model become lines, in an order that begins with their key."""
        form = self.goal.format
        line = self.library.macro("format_line")(_fields(columns, form), dialect)
        names = ", ".join(map(quoted_name, order))
        header = header_line(headers, form, is_harmless=self.goal.neutralize_formulas)
        return Sheet(model, names, order[0], columns, headers, line, header)

    def text(self, template_name: str, variables: Mapping[str, Any]) -> str:
        """Return the SQL of a template, as a part of another."""
        return self.library.render(f"export/{template_name}.sql", variables)[0]

    def model(
        self,
        template_name: str,
        materialization: Materialization,
        variables: Mapping[str, Any],
        name: str = "",
    ) -> Model:
        name = name or template_name
        template = f"export/{template_name}.sql"
        sql, locations = self.library.render(template, variables)
        location = self.goal.location("name")
        origin = f"-- {self.library.templates[template].path}, for {location.file}:{location.line}"
        full_name = f"{self.connection}.{self.goal.name}.{name}"
        return Model(
            name=full_name,
            sql=f"{origin}\n{sql}",
            relation=quoted_name(full_name),
            materialization=materialization,
            path=f"{self.connection}/{self.goal.name}/{name}.sql",
            locations=(location, *locations),
            depends_on=(self.goal.segment,) if self.goal.segment else (),
        )
