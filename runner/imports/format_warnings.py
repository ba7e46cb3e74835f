"""Formats and encodings that are in doubt: more often they are wrong than the data is."""

from runner.compile.import_models import ImportModels
from runner.compile.import_plan import ImportPlan
from runner.compile.mapped_value import MappedValue
from runner.definitions.profile_property import LEVEL_TYPE, LEVELS
from runner.engine.duckdb.warehouse import Warehouse
from runner.imports.goal_files import ReadableFiles

FEWEST = 10
"""Lines, or values, from which on their encoding, or format, is in doubt."""


def unread_warnings(
    warehouse: Warehouse, plan: ImportPlan, models: ImportModels
) -> tuple[str, ...]:
    """Return a warning for each property whose values were all set aside (R6)."""
    warnings = []
    for item in plan.values:
        if item.declared.type == "text" or item in plan.consents:
            continue
        read, unread = warehouse.perform(
            "rejects.unread_values",
            rows=models["applied_rows"].relation,
            column=item.column,
            rejected=item.rejected,
        )[0]
        if not read and unread >= FEWEST:
            warnings.append(
                f"no value of `{item.name}` could be read, in {unread:,} rows: none is"
                f" {item.declared.type} as {expected_format(item)}; if that is not how they are"
                f" written, fix the `format`; `runner preview {plan.name}` tries it"
            )
    return tuple(warnings)


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
