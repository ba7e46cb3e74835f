"""The joined and processed rows of an import goal, before they would meet profiles."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from runner.compile.import_models import LINES_PER_FILE, ImportModels
from runner.compile.import_plan import ImportPlan
from runner.compile.library import Library
from runner.compile.mapped_value import MappedValue
from runner.engine.duckdb.warehouse import Row, Warehouse
from runner.errors import ExecutionError
from runner.imports.format_warnings import expected_format
from runner.inspect.personal import Personal
from runner.sql.quoting import quoted_name, unquoted_name
from runner.warehouse.scratch import looking

LAST_LINE = "select * from final"
MOST_EXAMPLES = 3
FIRST_CHAINED = 2
"""Column of a row with the origin of its first chained line; origin and filter come before."""

TEXT = "VARCHAR"

Texts = tuple[str | None, ...]


@dataclass(frozen=True)
class JoinedColumn:
    """A column of the joined row, and its text in each row that is shown."""

    name: str
    # Of a file, or made by `set`.
    is_made: bool
    texts: Texts


@dataclass(frozen=True)
class PropertyPreview:
    """A property, and what becomes of its text in each row that is shown."""

    name: str
    # As declared, `[]` behind it where it takes several values.
    type: str
    strategy: str
    # The column or expression that it comes from.
    origin: str
    texts: Texts
    values: Texts
    # Why the text of a row is no value; empty where it is.
    problems: tuple[str, ...]


@dataclass(frozen=True)
class PropertyCheck:
    """How the values of a property read in the whole sample."""

    name: str
    type: str
    # The format by which text is read, or the type that its expression makes.
    expected: str
    read: int
    empty: int
    rejected: int
    # A few texts that do not read, each with the `file:line` where it stands first.
    examples: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class JoinedPreview:
    """The first joined rows, and how the values of a sample read."""

    main: str
    # Line of the main file that each shown row comes from.
    lines: tuple[int, ...]
    # The step that filters a row; empty where it is kept.
    filtered: tuple[str, ...]
    # Chained source -> whether each row has a partner there.
    partners: dict[str, tuple[bool, ...]]
    columns: tuple[JoinedColumn, ...]
    # Item of `by` -> the value by which each row finds its profile.
    identifiers: dict[str, Texts]
    properties: tuple[PropertyPreview, ...]
    checks: tuple[PropertyCheck, ...]
    # Joined rows of the sample, and those of them that a step filters.
    sampled_count: int
    filtered_count: int


def preview_rows(
    warehouse: Warehouse,
    library: Library,
    plan: ImportPlan,
    models: ImportModels,
    masks: Personal,
    paths: Mapping[int, str],
    rows: int,
) -> JoinedPreview:
    """Join and process the lines that were read; the first `rows` rows are shown.

    `paths` holds the path of each file by its id. Raises ExecutionError at the line of the
    definition that the engine refuses.
    """
    return _Joined(warehouse, library, plan, models, masks, paths).preview(rows)


class _Joined:
    """Runs the goal's own model of rows, and takes every step of it apart."""

    def __init__(
        self,
        warehouse: Warehouse,
        library: Library,
        plan: ImportPlan,
        models: ImportModels,
        masks: Personal,
        paths: Mapping[int, str],
    ) -> None:
        self.warehouse = warehouse
        self.library = library
        self.plan = plan
        self.models = models
        self.masks = masks
        self.paths = paths
        self.joined = [(source.name, column) for source in plan.sources for column in source.used]
        self.made = list(dict.fromkeys(name for step in plan.steps for name, _, _ in step.sets))
        self.filters = _filters(plan)

    def preview(self, rows: int) -> JoinedPreview:
        """Return the first rows, taken apart."""
        found = self._rows()
        taken = _Columns(found, rows)
        lines = tuple(int(origin) % LINES_PER_FILE for origin in taken.next())
        dropped = taken.next()
        partners = {
            source.name: tuple(origin is not None for origin in taken.next())
            for source in self.plan.chained
        }
        columns = [
            JoinedColumn(
                f"{source}.{column}",
                False,
                tuple(self.masks.of_column(source, column, text) for text in taken.next()),
            )
            for source, column in self.joined
        ]
        columns += [
            JoinedColumn(
                unquoted_name(name),
                True,
                tuple(self.masks.of_made(name, text) for text in taken.next()),
            )
            for name in self.made
        ]
        identifiers = {
            key.identifier: tuple(self.masks.of_key(key, text) for text in taken.next())
            for key in self.plan.keys
        }
        properties, checks = self._properties(taken, found)
        return JoinedPreview(
            main=self.plan.main.name,
            lines=lines,
            filtered=tuple("" if number is None else self.filters[number][1] for number in dropped),
            partners=partners,
            columns=tuple(columns),
            identifiers=identifiers,
            properties=tuple(properties),
            checks=tuple(checks),
            sampled_count=len(found),
            filtered_count=sum(row[1] is not None for row in found),
        )

    def _rows(self) -> list[Row]:
        rows = self.models["rows"]
        steps, _, last = rows.sql.rstrip().rpartition("\n")
        if last != LAST_LINE:
            raise ExecutionError(
                f"{rows.name}: it ends in `{last}`, expected `{LAST_LINE}`", rows.locations[-1]
            )
        model = looking(
            self.library,
            "rows",
            rows.relation,
            "read",
            steps=steps.rstrip(),
            plan=self.plan,
            chained=self.plan.chained,
            lines={
                source.name: self.models[f"lines.{source.name}"].relation
                for source in self.plan.chained
            },
            joined=[quoted_name(f"{source}.{column}") for source, column in self.joined],
            made=self.made,
            filters=[
                {"number": number, "cte": cte} for number, (cte, _) in enumerate(self.filters)
            ],
        )
        return self.warehouse.read(replace(model, name=rows.name, path=rows.path))

    def _properties(
        self, taken: "_Columns", found: list[Row]
    ) -> tuple[list[PropertyPreview], list[PropertyCheck]]:
        properties, checks = [], []
        for item in self.plan.values:
            kind = str(taken.next()[0]) if found else TEXT
            at = taken.at
            texts, values, rejected = taken.next(), taken.next(), taken.next()
            properties.append(
                PropertyPreview(
                    item.name,
                    _type(item),
                    item.strategy,
                    item.origin or item.value.sql,
                    tuple(self.masks.of_value(item, text) for text in texts),
                    tuple(self.masks.of_value(item, _text(value)) for value in values),
                    tuple("" if text is None else _problem(item) for text in rejected),
                )
            )
            if item.declared.type != "text" and item.value.columns:
                checks.append(self._check(item, found, at, kind))
        return properties, checks

    def _check(self, item: MappedValue, found: list[Row], at: int, kind: str) -> PropertyCheck:
        kept = [row for row in found if row[1] is None]
        bad = [row for row in kept if row[at + 2] is not None]
        examples: dict[str, str] = {}
        location = self._origin_of(item)
        for row in bad:
            text = self.masks.of_value(item, row[at + 2]) or ""
            if text not in examples and len(examples) < MOST_EXAMPLES:
                examples[text] = self._location(row[location])
        empty = sum(row[at] is None for row in kept)
        return PropertyCheck(
            item.name,
            _type(item),
            expected_format(item) if kind == TEXT else f"made as {kind.lower()}",
            len(kept) - empty - len(bad),
            empty,
            len(bad),
            tuple((where, text) for text, where in examples.items()),
        )

    def _origin_of(self, item: MappedValue) -> int:
        """Return which column of a row tells the line that a value comes from.

        It is the main line where the value is made from several files.
        """
        names = [source.name for source in self.plan.chained]
        sources = item.value.sources
        chained = len(sources) == 1 and next(iter(sources)) in names
        return names.index(next(iter(sources))) + FIRST_CHAINED if chained else 0

    def _location(self, origin: int) -> str:
        file_id, line = divmod(int(origin), LINES_PER_FILE)
        return f"{self.paths[file_id]}:{line}"


class _Columns:
    """The columns of the rows that are shown, taken one after the other."""

    def __init__(self, found: list[Row], rows: int) -> None:
        self.shown = found[:rows]
        self.at = 0

    def next(self) -> tuple[Any, ...]:
        """Return the next column."""
        self.at += 1
        return tuple(row[self.at - 1] for row in self.shown)


def _filters(plan: ImportPlan) -> list[tuple[str, str]]:
    """Return the steps that may filter a row: the name of its CTE, and how a user knows it."""
    process = plan.goal.process
    found = [
        (f"required_{source.name}", f"no partner in {source.name}, which is required")
        for source in plan.chained
        if source.required
    ]
    written = [
        f"keep: {step.keep}" if step.keep is not None else f"drop: {step.drop}" for step in process
    ]
    written.append(f"deleted_when: {plan.goal.deleted_when}")
    for number, planned in enumerate(plan.steps, 1):
        if not planned.sets:
            found.append((f"step_{number}", written[number - 1]))
    return found


def _problem(item: MappedValue) -> str:
    return f"is no {item.declared.type} as {expected_format(item)}"


def _type(item: MappedValue) -> str:
    return item.declared.type + ("[]" if item.declared.multi else "")


def _text(value: Any) -> str | None:
    """Return a typed value as text; times are UTC."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, datetime):
        return value.isoformat(sep=" ") + " UTC"
    if isinstance(value, list):
        return " | ".join(_text(item) or "" for item in value)
    return str(value)
