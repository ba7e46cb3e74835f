"""The SQL models of an export goal (X1 to X3): its rows as text, and their number."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from runner.compile.export_dialect import (
    ExportDialect,
    dialect_faults,
    header_line,
    lacking_character,
    one_line,
)
from runner.compile.expression import Expression
from runner.compile.library import Library, written
from runner.compile.sql_text import quoted_name
from runner.definitions.export_goal import Column, ExportProfiles
from runner.definitions.format import ExportFormat
from runner.definitions.profile_property import BUILT_IN, Property
from runner.definitions.project import Project
from runner.errors import DefinitionError, Fault, Place, choices, nearest
from runner.model import Materialization, Model

KEY = "key"
"""Column of `rows` by which a line is found again; it is not part of the file."""


ALPHABETS = {
    "profile_id": "0123456789abcdef-",
    "integer": "0123456789-",
    "decimal": "0123456789-",
    "boolean": "truefalse",
}
"""The characters of written values, where they are known; none of them is a blank or #."""


@dataclass(frozen=True)
class SegmentList:
    """The names of the segments that a profile is in, of all or of some."""

    # Of the CTE that gathers them.
    name: str
    # Empty for all.
    segments: tuple[str, ...]


@dataclass(frozen=True)
class ExportColumn:
    """One column of the file, as its SQL takes it."""

    # The header on one line, unlike that of every other column.
    name: str
    kind: str
    place: Place
    # Of a property, and of viewed interactions.
    declared: Property = field(default_factory=Property)
    relation_column: str = ""
    # Of segments: the CTE that holds their names.
    segments: str = ""
    # Of a text: a SQL literal.
    text: str = ""

    @property
    def is_text(self) -> bool:
        """Tell whether a value may be anything that someone wrote."""
        return self.kind != "profile_id" and self.declared.type == "text"

    def never_needs_quotes(self, form: ExportFormat) -> bool:
        """Tell whether no value has a character that needs quotes (X3)."""
        if self.declared.multi or self.is_text:
            return False
        word = "decimal" if self.declared.type.startswith("decimal") else self.declared.type
        characters = ALPHABETS.get("profile_id" if self.kind == "profile_id" else word, "")
        used = characters + (form.decimal if word == "decimal" else "")
        return bool(characters) and not set(used) & set(form.separator + form.quote)


@dataclass(frozen=True)
class ExportModels:
    """What an export goal runs."""

    # As users name it: `webshop.vip`.
    name: str
    connection: str
    goal: ExportProfiles
    # One row per line of the file; its first column is the profile.
    rows: Model
    # One row: members, exported, then for each of `lists` the profiles with a split value.
    counts: Model
    key: str
    columns: tuple[ExportColumn, ...]
    # Multi-valued texts, any value of which may hold the separator.
    lists: tuple[ExportColumn, ...]
    # SQL over a row of `rows`: its line of the file; and the line above all others.
    line: str
    header: str


def export_models(
    connection: str,
    goal: ExportProfiles,
    project: Project,
    properties: Mapping[str, Property],
    library: Library,
    segment_relation: str | None = None,
) -> ExportModels:
    """Render the models of an export goal.

    `properties` holds all properties of profiles, those of `map_rest` included;
    `segment_relation` is SQL of a relation with a column `profile_id`, by default the
    segment's table. Raises DefinitionError at each column whose property does not exist or
    whose header the encoding lacks.
    """
    lists = _segment_lists(goal)
    names = unlike_names([column.header for column in goal.columns])
    faults = [*dialect_faults(goal), *_column_faults(goal, properties)]
    if faults:
        raise DefinitionError(faults)
    columns = tuple(
        _column(column, name, properties, lists)
        for column, name in zip(goal.columns, names, strict=True)
    )
    dialect = ExportDialect.of(goal.format, project.file.timezone)
    key = unlike_names([*names, KEY])[-1]
    split = tuple(column for column in columns if _may_split(column, goal))
    context = {
        "segment": segment_relation or f"segments.{quoted_name(goal.segment)}",
        "segment_lists": lists,
        "columns": columns,
        "mapped": [column for column in columns if column.kind == "property"],
        "lists": split,
        "dialect": dialect,
        "is_harmless": goal.neutralize_formulas,
        "key": key,
        "placed": _placed,
    }
    line: Any = library.environment.jinja.globals["format_line"]
    return ExportModels(
        name=f"{connection}.{goal.name}",
        connection=connection,
        goal=goal,
        rows=_model(connection, goal, "rows", "external", context, library),
        counts=_model(connection, goal, "counts", "read", context, library),
        key=key,
        columns=columns,
        lists=split,
        line=str(line(_fields(columns, goal.format), dialect)).strip(),
        header=header_line(tuple(column.header for column in goal.columns), goal.format),
    )


def _fields(columns: tuple[ExportColumn, ...], form: ExportFormat) -> list[tuple[str, bool]]:
    """Return the quoted name of each column, and whether its values may need quotes."""
    return [(quoted_name(column.name), not column.never_needs_quotes(form)) for column in columns]


def unlike_names(headers: list[str]) -> list[str]:
    """Return a name for each column: its header on one line, numbered where it comes again.

    SQL takes no empty name, and no two that differ in case alone.
    """
    names: list[str] = []
    taken: set[str] = set()
    for header in headers:
        plain = " ".join(header.split()) or "column"
        name, number = plain, 1
        while name.lower() in taken:
            number += 1
            name = f"{plain} {number}"
        taken.add(name.lower())
        names.append(name)
    return names


def _segment_lists(goal: ExportProfiles) -> tuple[SegmentList, ...]:
    wanted = dict.fromkeys(
        _wanted_segments(column) for column in goal.columns if column.segments is not None
    )
    return tuple(
        SegmentList(f"segments {number}", segments) for number, segments in enumerate(wanted, 1)
    )


def _wanted_segments(column: Column) -> tuple[str, ...]:
    return tuple(sorted(set(column.segments))) if isinstance(column.segments, tuple) else ()


def _column(
    column: Column,
    name: str,
    properties: Mapping[str, Property],
    lists: tuple[SegmentList, ...],
) -> ExportColumn:
    place = column.place(column.kind)
    if column.kind in ("property", "viewed_interactions"):
        mapped = column.property_name or column.kind
        declared = properties.get(mapped, BUILT_IN.get(mapped, Property()))
        return ExportColumn(name, column.kind, place, declared, f"profiles.{quoted_name(mapped)}")
    if column.kind == "segments":
        wanted = _wanted_segments(column)
        cte = next(item.name for item in lists if item.segments == wanted)
        return ExportColumn(name, column.kind, place, segments=cte)
    return ExportColumn(name, column.kind, place, text=one_line(column.text or ""))


def _column_faults(goal: ExportProfiles, properties: Mapping[str, Property]) -> list[Fault]:
    faults = []
    for column in goal.columns:
        name = column.property_name
        if name is not None and name not in properties:
            faults.append(_unknown_property(column, name, properties))
        for key in ("header", "text"):
            lacking = lacking_character(getattr(column, key) or "", goal.format.encoding)
            if lacking:
                message = f"{goal.format.encoding} has no character '{lacking}'"
                faults.append(Fault(column.place(key), message))
    return faults


def _unknown_property(column: Column, name: str, properties: Mapping[str, Property]) -> Fault:
    return Fault(
        column.place("property"),
        f"there is no property '{name}'.{nearest(name, properties)}"
        f" Declared: {choices(properties)}; one that `map_rest` makes is known once its goal"
        " has seen a file with that column",
    )


def _may_split(column: ExportColumn, goal: ExportProfiles) -> bool:
    is_list = column.declared.multi and column.declared.type == "text"
    return is_list and goal.format.multi_value_separator != ""


def _placed(sql: str, place: Place) -> str:
    return written(Expression(sql, place)).replace("\n", "\n        ")


def _model(
    connection: str,
    goal: ExportProfiles,
    name: str,
    materialization: Materialization,
    variables: Mapping[str, Any],
    library: Library,
) -> Model:
    template = f"export/{name}.sql"
    sql, places = library.render(template, variables)
    place = goal.place("name")
    origin = f"-- {library.templates[template].path}, for {place.file}:{place.line}"
    full_name = f"{connection}.{goal.name}.{name}"
    return Model(
        name=full_name,
        sql=f"{origin}\n{sql}",
        relation=quoted_name(full_name),
        materialization=materialization,
        path=f"{connection}/{goal.name}/{name}.sql",
        places=(place, *places),
        depends_on=(goal.segment,),
    )
