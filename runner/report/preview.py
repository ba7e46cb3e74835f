"""The first rows of a goal: its files, the joined row, the typed values."""

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from runner.errors import counted
from runner.inspect.export_preview import ExportPreview
from runner.inspect.file_preview import FilePreview
from runner.inspect.import_preview import ImportPreview
from runner.inspect.joined_preview import JoinedPreview
from runner.inspect.property_preview import PropertyCheck, PropertyPreview
from runner.report.layout import MASKED, print_title
from runner.report.node_line import consent_parts
from runner.report.printable import printable
from runner.report.quantities import size, thousands
from runner.report.terminal import print_indented
from runner.report.transposed import Line, print_transposed

PARTS = ("files", "rows", "values")
"""What can be shown of an import."""

EMPTY = "–"
"""Stands for no value."""

MOST_PAIR = 26
"""Cells of a text and the value read from it; longer ones get a line each."""

MOST_FILES = 12
"""Files of a directory that are shown."""


def show_import_preview(
    console: Console, preview: ImportPreview, parts: Sequence[str] = PARTS
) -> None:
    """Print the first lines of each file, the joined rows, and the values read from them."""
    if "files" in parts:
        for file in preview.files:
            _show_file(console, file)
    if "rows" in parts:
        _show_rows(console, preview.joined)
    if "values" in parts:
        _show_values(console, preview.joined)
        _show_checks(console, preview.joined)
    console.print()
    for warning in preview.warnings:
        print_indented(console, Text(f"warning: {printable(warning)}", "yellow"))
    ending = "Nothing was changed."
    print_indented(console, Text(f"{MASKED} {ending}" if preview.is_masked else ending, "dim"))


def show_export_preview(console: Console, preview: ExportPreview) -> None:
    """Print the first rows of an export as its file would have them."""
    print_title(console, printable(preview.name))
    text = f"{thousands(preview.exported)} of {counted(preview.members, 'member')} to"
    console.print(Text(f"  {text} {printable(preview.path)}"), soft_wrap=True)
    if preview.no_consent:
        left_out = f"no consent: {', '.join(consent_parts(preview.no_consent))}"
        console.print(Text(f"  {left_out}", "yellow"), soft_wrap=True)
    heads = [Text(f"row {number}", "dim") for number in range(1, len(preview.rows) + 1)]
    lines: list[Line] = [(Text("column", "dim"), heads)]
    for index, header in enumerate(preview.headers):
        values = [_value(row[index]) for row in preview.rows]
        lines.append((Text(printable(header)), values))
    print_transposed(console, lines)
    _show_directory(console, preview)
    console.print()
    ending = "As the last build left it; nothing was sent."
    print_indented(console, Text(f"{MASKED} {ending}" if preview.is_masked else ending, "dim"))


def _show_directory(console: Console, preview: ExportPreview) -> None:
    """Print the last files that are where the export goes."""
    print_title(console, "In its directory now")
    if preview.unlisted:
        print_indented(console, Text(printable(preview.unlisted), "yellow"), 4)
        return
    for file in preview.files[-MOST_FILES:]:
        line = f"{printable(file.name)}  {size(file.size)}  {file.modified_at:%Y-%m-%d %H:%M} UTC"
        print_indented(console, Text(line), 4)
    others = len(preview.files) - MOST_FILES
    if others > 0:
        print_indented(console, Text(f"and {counted(others, 'other file')}", "dim"), 4)
    elif not preview.files:
        print_indented(console, Text("no file", "dim"), 4)


def _value(text: str | None, style: str = "") -> Text:
    return Text(EMPTY, "dim") if text is None else Text(printable(text), style)


def _heads(lines: Sequence[int]) -> list[Text]:
    return [Text(f"line {line}", "dim") for line in lines]


def _show_file(console: Console, file: FilePreview) -> None:
    print_title(console, printable(file.source))
    head = f"{printable(file.path)}  {counted(file.record_count, 'record')}"
    if file.note:
        head += f", {file.note}"
    if file.other_files:
        head += f"; {counted(file.other_files, 'more file')} not shown"
    print_indented(console, Text(head), 2)
    lines: list[Line] = [(Text("column", "dim"), _heads(file.lines))]
    for index, column in enumerate(file.columns):
        values = [_value(row[index]) for row in file.rows]
        lines.append((Text(printable(column)), values))
    print_transposed(console, lines)
    if not file.columns:
        print_indented(console, Text("the file has no line to take columns from", "yellow"), 4)
    elif not file.rows:
        names = ", ".join(printable(column) for column in file.columns)
        print_indented(console, Text(f"no record; columns: {names}", "yellow"), 4)
    _show_rejected(console, file)


def _show_rejected(console: Console, file: FilePreview) -> None:
    if not file.rejected_count:
        return
    head = f"{counted(file.rejected_count, 'line')} set aside, not read:"
    print_indented(console, Text(head, "red"), 4)
    for line in file.rejected:
        reason = printable(line.reason).replace("_", " ")
        column = f" in {printable(line.column)}" if line.column else ""
        text = Text().append(f"line {line.line}: {reason}{column}: ", "red")
        print_indented(console, text.append(printable(line.raw)), 6)


def _show_rows(console: Console, joined: JoinedPreview) -> None:
    print_title(console, "Joined and processed")
    heads = _heads(joined.lines)
    lines: list[Line] = [(Text(joined.main, "dim"), heads)]
    for source, partners in joined.partners.items():
        values = [
            Text("joined", "green") if there else Text("no partner", "yellow") for there in partners
        ]
        lines.append((Text(source, "dim"), values))
    for column in joined.columns:
        if column.is_made:
            name = Text().append("set ", "dim").append(printable(column.name), "cyan")
        else:
            name = Text(printable(column.name))
        lines.append((name, [_value(text) for text in column.texts]))
    for identifier, texts in joined.identifiers.items():
        label = Text().append("finds by ", "dim").append(printable(identifier), "cyan")
        lines.append((label, [_value(text) for text in texts]))
    if any(joined.filtered):
        values = [Text("FILTERED", "yellow") if step else Text("kept") for step in joined.filtered]
        lines.append((Text("row", "dim"), values))
    print_transposed(console, lines)
    for line, step in zip(joined.lines, joined.filtered, strict=True):
        if step:
            message = f"line {line} is filtered by {printable(step)}"
            print_indented(console, Text(message, "yellow"), 4)
    if not joined.lines:
        print_indented(console, Text("no row", "yellow"), 4)


def _show_values(console: Console, joined: JoinedPreview) -> None:
    print_title(console, "Values")
    shown = [row for row, step in enumerate(joined.filtered) if not step]
    if not shown:
        print_indented(console, Text("every row that is shown is filtered", "yellow"), 4)
        return
    lines: list[Line] = [(Text("property", "dim"), _heads([joined.lines[row] for row in shown]))]
    for item in joined.properties:
        name = Text(printable(item.name)).append(
            f" {item.type}" if item.type != "text" else "", "dim"
        )
        values = [_typed(item, row) for row in shown]
        is_pair = any(item.texts[row] != item.values[row] for row in shown)
        if not is_pair or max(value.cell_len for value in values) <= MOST_PAIR:
            lines.append((name, values))
            continue
        lines.append((name, [_value(item.values[row]) for row in shown]))
        lines.append((Text("  read from", "dim"), [_text(item, row) for row in shown]))
    print_transposed(console, lines)
    for item in joined.properties:
        for row in shown:
            if item.problems[row]:
                problem = (
                    f"line {joined.lines[row]}: {item.name}: '{printable(item.texts[row] or '')}'"
                )
                print_indented(console, Text(f"{problem} {item.problems[row]}", "red"), 4)


def _text(item: PropertyPreview, row: int) -> Text:
    """Return the text that a value was read from, red where it is none."""
    return _value(item.texts[row], "red" if item.problems[row] else "dim")


def _typed(item: PropertyPreview, row: int) -> Text:
    """Return a value, with the text it was read from where that differs."""
    text, value = item.texts[row], item.values[row]
    if item.problems[row]:
        return Text(f"✗ {printable(text or '')}", "red")
    if text is None or value is None or text == value or item.type.startswith("text"):
        return _value(value)
    return Text(f"{printable(text)} → {printable(value)}")


def _show_checks(console: Console, joined: JoinedPreview) -> None:
    """Print how the values of the whole sample were read, with examples of those that were not."""
    if not joined.checks:
        return
    kept = joined.sampled_count - joined.filtered_count
    title = f"Formats, tried on {counted(kept, 'row')}"
    if joined.filtered_count:
        title += f" ({thousands(joined.filtered_count)} filtered)"
    print_title(console, title)
    for check in joined.checks:
        _show_check(console, check)


def _show_check(console: Console, check: PropertyCheck) -> None:
    style = "red" if check.rejected else "green" if check.read else "yellow"
    head = Text().append(printable(check.name), "bold").append(f" {check.type}", "dim")
    counts = f"  {thousands(check.read)} read"
    if check.rejected:
        counts += f", {thousands(check.rejected)} not"
    if check.empty:
        counts += f", {thousands(check.empty)} empty"
    head.append(counts, style).append(f"  {printable(check.expected)}", "dim")
    print_indented(console, head, 4)
    for text, read, count in check.words:
        word = f"'{printable(text)}' → {read}, {counted(count, 'row')}"
        print_indented(console, Text(word, "dim"), 6)
    for where, text in check.examples:
        example = f"'{printable(text)}', first at {printable(where)}"
        print_indented(console, Text(example, "red"), 6)
