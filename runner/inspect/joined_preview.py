"""The joined and processed rows of an import goal, before they are linked to profiles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from runner.compile.import_models import ImportModels
from runner.compile.import_plan import ImportPlan
from runner.compile.input_file import LINES_PER_FILE
from runner.compile.library import Library
from runner.engine.protocol import Row
from runner.engine.warehouse import Warehouse
from runner.errors import ExecutionError
from runner.inspect.personal import Personal
from runner.inspect.preview_model import preview_model
from runner.inspect.property_preview import (
    PropertyCheck,
    PropertyPreview,
    PropertyReader,
    RowColumns,
    Texts,
)
from runner.model import Model
from runner.sql.quoting import quoted_name, unquoted_name

LAST_LINE = "select * from final"


@dataclass(frozen=True)
class JoinedColumn:
    """A column of the joined row, and its text in each row that is shown."""

    name: str
    # Whether `set` made it; else it is a column of a file.
    is_made: bool
    texts: Texts


@dataclass(frozen=True)
class JoinedPreview:
    """The first joined rows, and how the values of a sample can be read."""

    main: str
    # Line of the main file from which each shown row comes.
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
    """Runs the goal's own model of rows, with the columns of every step."""

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
        self.filters = filters_of(plan)

    def preview(self, rows: int) -> JoinedPreview:
        """Return the first rows, by column."""
        found = self._rows()
        taken = RowColumns(found, rows)
        lines = tuple(int(origin) % LINES_PER_FILE for origin in taken.next())
        dropped = taken.next()
        partners = {
            source.name: tuple(origin is not None for origin in taken.next())
            for source in self.plan.chained
        }
        columns = self._columns(taken)
        identifiers = {
            key.identifier: tuple(self.masks.of_key(key, text) for text in taken.next())
            for key in self.plan.identity_keys
        }
        properties, checks = PropertyReader(self.plan, self.masks, self.paths, taken).read()
        return JoinedPreview(
            main=self.plan.main.name,
            lines=lines,
            filtered=tuple("" if number is None else self.filters[number][1] for number in dropped),
            partners=partners,
            columns=columns,
            identifiers=identifiers,
            properties=properties,
            checks=checks,
            sampled_count=len(found),
            filtered_count=sum(row[1] is not None for row in found),
        )

    def _columns(self, taken: RowColumns) -> tuple[JoinedColumn, ...]:
        """Return the columns of files, then those made by `set`."""
        joined = [
            JoinedColumn(
                f"{source}.{column}",
                False,
                tuple(self.masks.of_column(source, column, text) for text in taken.next()),
            )
            for source, column in self.joined
        ]
        made = [
            JoinedColumn(
                unquoted_name(name),
                True,
                tuple(self.masks.of_made(name, text) for text in taken.next()),
            )
            for name in self.made
        ]
        return (*joined, *made)

    def _rows(self) -> list[Row]:
        return self.warehouse.read(
            joined_rows_model(
                self.library, self.plan, self.models, self.joined, self.made, self.filters
            )
        )


def joined_rows_model(
    library: Library,
    plan: ImportPlan,
    models: ImportModels,
    joined: Sequence[tuple[str, str]],
    made: Sequence[str] = (),
    filters: Sequence[tuple[str, str]] = (),
    whole: Sequence[str] | None = None,
) -> Model:
    """Return the model of joined rows with the columns `joined` of files and `made` by steps.

    `filters` are the steps that may filter a row, see `filters_of`. With `whole`, the sources of
    which the hash of a line is wanted, it has what the ledger knows rows by too, and the values of
    profiles alone.
    """
    rows = models["rows"]
    steps, _, last = rows.sql.rstrip().rpartition("\n")
    if last != LAST_LINE:
        raise ExecutionError(
            f"{rows.name}: it ends in `{last}`, expected `{LAST_LINE}`", rows.locations[-1]
        )
    model = preview_model(
        library,
        "joined_rows",
        rows.relation,
        "read",
        steps=steps.rstrip(),
        plan=plan,
        items=plan.values if whole is None else plan.applied_values,
        chained=plan.chained,
        lines={source.name: models[f"lines.{source.name}"].relation for source in plan.chained},
        joined=[quoted_name(f"{source}.{column}") for source, column in joined],
        made=made,
        filters=[{"number": number, "cte": cte} for number, (cte, _) in enumerate(filters)],
        is_traced=whole is not None,
        whole=whole or (),
    )
    return replace(model, name=rows.name, path=rows.path)


def filters_of(plan: ImportPlan) -> list[tuple[str, str]]:
    """Return the steps that may filter a row: the name of the CTE, and the step as written."""
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
