"""Formats and encodings that are in doubt: more often they are wrong than the data is."""

from collections.abc import Mapping

from runner.compile.import_plan import ImportPlan
from runner.compile.mapped_value import MappedValue
from runner.definitions.profile_property import LEVEL_TYPE, LEVELS
from runner.engine.warehouse import Warehouse
from runner.errors import counted
from runner.imports.goal_files import ReadableFiles
from runner.pipeline.pipeline import Pipeline
from runner.sql.quoting import Sql

WINDOWS = {
    "iso8859-1": "windows-1252",
    "iso8859-2": "windows-1250",
    "iso8859-4": "windows-1257",
    "iso8859-5": "windows-1251",
    "iso8859-7": "windows-1253",
    "iso8859-8": "windows-1255",
    "iso8859-9": "windows-1254",
    "iso8859-13": "windows-1257",
    "iso8859-15": "windows-1252",
}
"""The encoding of Windows that is taken for each of ISO 8859."""
LAST_OF_2000 = 68
"""Two-digit years up to here are 20.. for strptime."""
FEWEST_UNREAD = 0.2
"""Share of the values of a property from which on a warning says that they cannot be read."""
FEWEST = 10
"""Lines, or values, from which on their encoding, or format, is in doubt."""


def unread_warnings(plan: ImportPlan, steps: Pipeline) -> tuple[str, ...]:
    """Return a warning for each property of which many values were set aside (R6, R12).

    Of consent and of permission levels one is enough: what they would forbid is at stake (C1).
    """
    warehouse = steps.warehouse
    warnings = []
    for item, place in plan.places:
        if item.declared.type == "text":
            continue
        step, condition = _rows_of(plan, item, place)
        read, unread = warehouse.perform(
            "rejects.unread_values",
            rows=steps.relation(step),
            condition=Sql(condition),
            column=item.column,
            rejected=item.rejected,
        )[0]
        is_many = unread >= FEWEST_UNREAD * (read + unread) and read + unread >= FEWEST
        if unread and place == "stated":
            warnings.append(_unread_consent(plan, item, read, unread))
        elif unread and (is_many or item.declared.type == LEVEL_TYPE):
            warnings.append(
                f"`{item.property_name}`: {_unread(read, unread)} as {item.declared.type} by"
                f" {expected_format(item)}; if that is not how they are written, fix the"
                f" `format`; `runner preview {plan.name}` tries it"
            )
    return tuple(warnings)


def _unread(read: int, unread: int) -> str:
    if not read:
        return f"none of {counted(unread, 'value')} could be read"
    return f"{unread:,} of {read + unread:,} values could not be read"


def _unread_consent(plan: ImportPlan, item: MappedValue, read: int, unread: int) -> str:
    return (
        f"`{item.name}`: {_unread(read, unread)} by {expected_format(item)}; {unread:,}"
        f" {'counts as a refusal' if unread == 1 else 'count as refusals'}, which"
        f" `runner rejects --select {plan.name}` lists; words of another language are declared as"
        " `true_values` and `false_values` of the `format`"
    )


def _rows_of(plan: ImportPlan, item: MappedValue, place: str) -> tuple[str, str]:
    """Return the model whose rows have a value, and which of them count."""
    if place in ("stated", "kept"):
        return "rows", "is_kept"
    if place.startswith("event_"):
        return f"{place}.event_rows", "is_applied"
    for number in plan.value_sets_of([item]):
        return f"values.{number}", "true"
    return "applied_rows", "outcome != 'repeated'"


def damaged_warnings(warehouse: Warehouse, plan: ImportPlan, build_id: str) -> tuple[str, ...]:
    """Return a warning for each identifier with values that a spreadsheet damaged (P2)."""
    found = warehouse.perform("rejects.damaged_values", goal=plan.name, build_id=build_id)
    return tuple(
        f"{counted(lines, 'value')} of `{name}` {'is' if lines == 1 else 'are'} what a spreadsheet"
        " left, such as #N/A or 1.2E+12: left out, and not used to link; fix and resend the file,"
        " or state `allow_damaged: true` for the property"
        for name, lines in found
    )


def late_warnings(plan: ImportPlan, steps: Pipeline) -> tuple[str, ...]:
    """Return a warning for each property with dates after their file, by two-digit years (R12)."""
    if "late_dates" not in steps:
        return ()
    pivots = {item.name: item.format.century_pivot for item in plan.short_years}
    return tuple(
        f"{counted(late, 'value')} of `{name}` {'is' if late == 1 else 'are'} after the time of"
        f" the file: years of two digits up to {_pivot(pivots[name])} are read as 20..; if they"
        " are earlier, state `century_pivot` in the `format`"
        for name, late in steps.read("late_dates")
    )


def _pivot(stated: int | None) -> int:
    return LAST_OF_2000 if stated is None else stated


def file_warnings(
    warehouse: Warehouse, plan: ImportPlan, readable: ReadableFiles, build_id: str
) -> tuple[str, ...]:
    """Return the warnings about files that are read by a wrong format or encoding (R2, R12)."""
    undecoded: dict[str, int] = {}
    if any(file.rejected for files in readable.values() for file in files):
        found = warehouse.perform("rejects.undecoded_lines", goal=plan.name, build_id=build_id)
        undecoded = dict(found)
    return (
        *_undecoded_warnings(plan, readable, undecoded),
        *_set_aside_warnings(readable, undecoded),
        *_control_warnings(plan, readable),
    )


def _undecoded_warnings(
    plan: ImportPlan, readable: ReadableFiles, undecoded: Mapping[str, int]
) -> list[str]:
    """Return a warning for each source of which many lines were set aside for their bytes."""
    warnings = []
    for source, files in readable.items():
        lines = sum(undecoded.get(file.remote_path, 0) for file in files)
        if lines >= FEWEST:
            encoding = plan.goal.format_of(source).encoding
            warnings.append(
                f"{lines:,} lines of `{source}` have bytes that {encoding} does not have, and are"
                " set aside; if their writer uses another encoding, such as windows-1252, state it"
                " as `encoding` of the `format`"
            )
    return warnings


def _set_aside_warnings(readable: ReadableFiles, undecoded: Mapping[str, int]) -> list[str]:
    """Return a warning for each file of which every line was set aside.

    Where a warning says that it has another encoding, there is none.
    """
    return [
        f"{file.remote_path}: every line is set aside, {file.rejected:,} in all; `runner rejects`"
        " shows the reasons; if that is not how its lines are written, fix the `format`"
        for files in readable.values()
        for file in files
        if file.rejected and not file.record_count
        if undecoded.get(file.remote_path, 0) < FEWEST
    ]


def _control_warnings(plan: ImportPlan, readable: ReadableFiles) -> list[str]:
    """Return a warning for each source whose text has control characters of a wrong encoding.

    Where ISO 8859 has them, from U+0080 to U+009F, Windows has quotes, dashes and the euro sign.
    """
    warnings = []
    for source, files in readable.items():
        found = sum(file.controls for file in files)
        if not found:
            continue
        encoding = plan.goal.format_of(source).encoding
        hint = "the `encoding` may be another one, or the text was decoded by a wrong one before"
        if encoding in WINDOWS:
            hint = f"if the files are {WINDOWS[encoding]}, state it as `encoding` of the `format`"
        warnings.append(
            f"`{source}` has {counted(found, 'control character')} (U+0080 to U+009F) when it is"
            f" read as {encoding}; {hint}"
        )
    return warnings


def expected_format(item: MappedValue) -> str:
    """Return the format by which the text of a property is read, in words."""
    form, kind = item.format, item.declared.type
    if kind == "date":
        return " or ".join(form.date_format)
    if kind == "datetime":
        return f"{' or '.join((*form.datetime_format, *form.date_format))}, {form.timezone}"
    if kind == "boolean":
        true, false = ", ".join(form.true_values), ", ".join(form.false_values)
        return f"{true} as true, {false} as false"
    if kind == LEVEL_TYPE:
        return " or ".join(LEVELS)
    thousands = f", thousands '{form.thousands}'" if form.thousands else ""
    return f"decimal '{form.decimal}'{thousands}"
