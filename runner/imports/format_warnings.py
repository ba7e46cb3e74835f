"""Formats and encodings that are in doubt: more often they are wrong than the data is."""

from runner.compile.import_models import ImportModels
from runner.compile.import_plan import ImportPlan
from runner.compile.mapped_value import MappedValue
from runner.definitions.profile_property import LEVEL_TYPE, LEVELS
from runner.engine.duckdb.warehouse import Warehouse
from runner.errors import counted
from runner.imports.goal_files import ReadableFiles
from runner.sql.quoting import Sql

LAST_OF_2000 = 68
"""Two-digit years up to here are 20.. for strptime."""
FEWEST_UNREAD = 0.2
"""Share of the values of a property from which on a warning says that they cannot be read."""
FEWEST = 10
"""Lines, or values, from which on their encoding, or format, is in doubt."""


def unread_warnings(
    warehouse: Warehouse, plan: ImportPlan, models: ImportModels
) -> tuple[str, ...]:
    """Return a warning for each property of which many values were set aside (R6, R12)."""
    warnings = []
    for item in plan.values:
        if item.declared.type == "text":
            continue
        is_stated = item in plan.consents
        read, unread = warehouse.perform(
            "rejects.unread_values",
            rows=models["rows" if is_stated else "applied_rows"].relation,
            condition=Sql("is_kept" if is_stated else "outcome != 'repeated'"),
            column=item.column,
            rejected=item.rejected,
        )[0]
        if unread >= FEWEST_UNREAD * (read + unread) > 0 and read + unread >= FEWEST:
            found = (
                f"{unread:,} of {read + unread:,} values could not be read"
                if read
                else f"none of {unread:,} values could be read"
            )
            warnings.append(
                f"`{item.name}`: {found} as {item.declared.type} by"
                f" {expected_format(item)}; if that is not how they are written, fix the"
                f" `format`; `runner preview {plan.name}` tries it"
            )
    return tuple(warnings)


def late_warnings(warehouse: Warehouse, plan: ImportPlan, models: ImportModels) -> tuple[str, ...]:
    """Return a warning for each property with dates after their file, by two-digit years (R12)."""
    if "late_dates" not in models.models:
        return ()
    pivots = {item.name: item.format.century_pivot for item in plan.short_years}
    return tuple(
        f"{counted(late, 'value')} of `{name}` {'is' if late == 1 else 'are'} after the time of"
        f" the file: years of two digits up to {_pivot(pivots[name])} are read as 20..; if they"
        " are earlier, state `century_pivot` in the `format`"
        for name, late in warehouse.read(models["late_dates"])
    )


def _pivot(stated: int | None) -> int:
    return LAST_OF_2000 if stated is None else stated


def undecoded_warnings(
    warehouse: Warehouse, plan: ImportPlan, readable: ReadableFiles, build_id: str
) -> tuple[str, ...]:
    """Return a warning for each source of which many lines were set aside for their bytes (R2)."""
    if not any(file.rejected for files in readable.values() for file in files):
        return ()
    found = warehouse.perform("rejects.undecoded_lines", goal=plan.name, build_id=build_id)
    counts: dict[str, int] = dict(found)
    warnings = []
    for source, files in readable.items():
        lines = sum(counts.get(file.remote_path, 0) for file in files)
        if lines >= FEWEST:
            encoding = plan.goal.format_of(source).encoding
            warnings.append(
                f"{lines:,} lines of `{source}` have bytes that {encoding} does not have, and are"
                " set aside; if their writer uses another encoding, such as windows-1252, state it"
                " as `encoding` of the `format`"
            )
    return tuple(warnings)


def expected_format(item: MappedValue) -> str:
    """Return the format by which the text of a property is read, in words."""
    form, kind = item.format, item.declared.type
    if kind == "date":
        return " or ".join(form.date_format)
    if kind == "datetime":
        return f"{' or '.join((*form.datetime_format, *form.date_format))}, {form.timezone}"
    if kind == "boolean":
        return "true or false, yes or no, 1 or 0"
    if kind == LEVEL_TYPE:
        return " or ".join(LEVELS)
    thousands = f", thousands '{form.thousands}'" if form.thousands else ""
    return f"decimal '{form.decimal}'{thousands}"
