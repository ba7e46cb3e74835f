"""What a scan found: files, columns and links of each goal, and the totals."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import fields
from zoneinfo import ZoneInfo

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from runner.compile.column_names import cut_names
from runner.definitions.masked_line import ReadLine
from runner.errors import counted
from runner.inspect.export_scan import ExportScan
from runner.inspect.file_scan import TO_IMPORT, FileScan
from runner.inspect.import_scan import ImportScan, SourceScan
from runner.inspect.link_scan import LinkScan
from runner.inspect.scan import FailedScan, Scan
from runner.report.errors import show_error, unread
from runner.report.json_value import as_json
from runner.report.printable import printable
from runner.report.quantities import size, thousands
from runner.report.terminal import print_indented

MOST_FILES = 12
"""Files of a source that are shown; of more, the first and the last ones."""

MOST_NAMES = 6
"""Names of other files that are shown where no file fits a pattern."""

STATES = {
    "new": "green",
    "changed": "green",
    "again": "yellow",
    "imported": "dim",
    "done": "dim",
    "ignored": "dim",
    "waiting": "yellow",
    "replaced": "yellow",
    "kept": "dim",
}
LINKS = {"linked": "green", "partly linked": "yellow", "not linked": "red", "not known": "yellow"}


def show_scan(console: Console, scan: Scan, read_line: ReadLine = unread) -> None:
    """Print what was found in each goal, then the totals."""
    zone = ZoneInfo(scan.timezone)
    shown: dict[str, str] = {}
    for goal in scan.goals:
        console.print()
        if isinstance(goal, FailedScan):
            first = shown.setdefault(str(goal.error), goal.name)
            _title(
                console,
                goal.name,
                "" if first == goal.name else f"fails as {first} does",
                "bold red",
            )
            if first == goal.name:
                show_error(console, goal.error, read_line)
        elif isinstance(goal, ExportScan):
            _show_export(console, goal, zone)
        else:
            _show_import(console, goal, zone, read_line)
    _totals(console, scan)


def scan_json(scan: Scan) -> str:
    """Return what was found as one JSON object (RFC 8259); times are UTC."""
    goals = [
        {
            "kind": type(goal).__name__.removesuffix("Scan").lower(),
            **{field.name: getattr(goal, field.name) for field in fields(goal)},
        }
        for goal in scan.goals
    ]
    whole = {field.name: getattr(scan, field.name) for field in fields(scan)}
    return as_json({**whole, "goals": goals, "exit_code": scan.exit_code})


def _title(console: Console, name: str, text: str, style: str = "bold") -> None:
    line = Text().append(printable(name), style)
    console.print(line.append(f"  {printable(text)}" if text else "", "dim"), soft_wrap=True)


def _show_import(console: Console, goal: ImportScan, zone: ZoneInfo, read_line: ReadLine) -> None:
    _title(console, goal.name, "import")
    for change in goal.changes:
        print_indented(console, Text(f"imported again: {printable(change)}", "yellow"), 2)
    for source in goal.sources:
        head = Text("  ").append(printable(source.name), "bold cyan")
        head.append(f"  {printable(source.pattern)}")
        head.append("  main file" if source.is_main else "", "dim")
        console.print(head, soft_wrap=True)
        if source.link:
            _show_link(console, source.link)
        _show_files(console, source.files, zone)
        if not source.files:
            _show_nothing(console, source)
        if source.columns:
            names = printable(cut_names(source.columns))
            text = Text().append(f"{counted(len(source.columns), 'column')}: ", "dim").append(names)
            print_indented(console, text, 4)
    _show_refused(console, goal.refused)
    for warning in goal.warnings:
        print_indented(console, Text(f"warning: {printable(warning)}", "yellow"), 2)
    for error in goal.errors:
        show_error(console, error, read_line)


def _show_nothing(console: Console, source: SourceScan) -> None:
    text = Text().append("no file fits", "yellow" if source.is_main else "red")
    if source.others:
        names = ", ".join(printable(name) for name in source.others[:MOST_NAMES])
        more = len(source.others) - MOST_NAMES
        there = f"; there are: {names}" + (f" and {thousands(more)} more" if more > 0 else "")
        text.append(there)
    else:
        text.append("; the directory has no files", "none")
    print_indented(console, text, 4)


def _show_link(console: Console, link: LinkScan) -> None:
    color = LINKS[link.status]
    word = link.status.upper() if link.status == "not linked" else link.status
    joined = " and ".join(
        f"{printable(own)} = {printable(other)}" for own, other in link.join.items()
    )
    text = Text().append(f"{word}: ", f"bold {color}").append(joined)
    print_indented(console, text, 4)
    if link.message:
        print_indented(console, Text(printable(link.message), color), 6)
        return
    counts = f"{thousands(link.found)} of {counted(link.keys, 'key')}"
    counts += " has" if link.keys == 1 else " have"
    counts += f" a partner ({_share(link)}), in {counted(link.sampled, 'sampled line')}"
    if link.blank:
        counts += f", {thousands(link.blank)} of them without a key"
    print_indented(console, Text(counts, color), 6)
    if link.most_partners > 1:
        many = f"up to {thousands(link.most_partners)} lines share a key: rows multiply,"
        many += " sums of one file do not"
        print_indented(console, Text(many, "dim"), 6)
    if link.missing_keys:
        print_indented(console, Text(f"without: {_keys(link, link.missing_keys)}", "dim"), 6)
    if link.status == "not linked" and link.partner_keys:
        print_indented(console, Text(f"keys here: {_keys(link, link.partner_keys)}", "dim"), 6)


def _share(link: LinkScan) -> str:
    share = 100 * link.found / link.keys
    # 99.96 % are not all.
    rounded = min(share, 99.9) if link.found < link.keys else share
    return f"{rounded:.1f} %" if link.found < link.keys else "100 %"


def _keys(link: LinkScan, keys: Sequence[str]) -> str:
    text = ", ".join(f"'{printable(key)}'" for key in keys)
    return text + (" (their shape: letters as x, digits as 9)" if link.is_masked else "")


def _show_files(console: Console, files: Sequence[FileScan], zone: ZoneInfo) -> None:
    """Print a line per file; on a narrow terminal two."""
    half = MOST_FILES // 2
    is_long = len(files) > MOST_FILES
    shown = [*files[:half], *files[-half:]] if is_long else files
    lines = [_file_parts(file, zone) for file in shown]
    widths = [
        max((cell_len(path) for path, _, _ in lines), default=0),
        max((len(amount) for _, amount, _ in lines), default=0),
    ]
    widest = max((cell_len(line[0]) + line[2].cell_len for line in lines), default=0)
    is_wide = console.is_terminal and widest + widths[1] + 8 > console.width
    for file, (path, amount, text) in zip(shown, lines, strict=True):
        if is_wide:
            print_indented(console, Text(path), 4)
            print_indented(console, Text(amount.rjust(widths[1]) + "  ") + text, 6)
        else:
            padded = path + " " * (widths[0] - cell_len(path))
            line = Text(f"    {padded}  {amount.rjust(widths[1])}  ")
            console.print(line + text, soft_wrap=True)
        if is_long and file is files[half - 1]:
            _show_left_out(console, files[half:-half])


def _file_parts(file: FileScan, zone: ZoneInfo) -> tuple[str, str, Text]:
    """Return the path, the size, and time and state of a file."""
    state = printable(file.reason) or file.state
    text = Text(f"{file.modified_at.astimezone(zone):%Y-%m-%d %H:%M}  ")
    return printable(file.path), size(file.size), text.append(state, STATES[file.state])


def _show_left_out(console: Console, files: Sequence[FileScan]) -> None:
    states = Counter(file.state for file in files)
    text = ", ".join(f"{thousands(count)} {state}" for state, count in states.items())
    total = size(sum(file.size for file in files))
    more = f"... {counted(len(files), 'more file')}, {total}: {text}"
    print_indented(console, Text(more, "dim"), 4)


def _show_refused(console: Console, refused: Sequence[tuple[str, str]]) -> None:
    for name, reason in refused:
        print_indented(console, Text(f"refused: {printable(name)}: {printable(reason)}", "red"), 2)


def _show_export(console: Console, goal: ExportScan, zone: ZoneInfo) -> None:
    directory = printable(goal.directory) or "."
    _title(console, goal.name, "export")
    console.print(Text(f"  sends {printable(goal.file_name)} to {directory}"), soft_wrap=True)
    if not goal.is_there:
        text = "the directory is not there yet; the first export makes it"
        print_indented(console, Text(text, "yellow"), 4)
    elif not goal.files:
        print_indented(console, Text("the directory has no files", "dim"), 4)
    _show_files(console, goal.files, zone)
    _show_refused(console, goal.refused)


def _totals(console: Console, scan: Scan) -> None:
    imports = [goal for goal in scan.goals if isinstance(goal, ImportScan)]
    failed = sum(1 for goal in scan.goals if getattr(goal, "exit_code", 0))
    console.print()
    if imports:
        _file_totals(console, imports)
    _link_totals(console, imports)
    if failed:
        goals = counted(failed, "goal")
        print_indented(console, Text(f"{goals} cannot go as declared", "bold red"))
    fetched = "no file had to be fetched"
    if scan.brought_files:
        files = counted(scan.brought_files, "file")
        fetched = f"{files}, {size(scan.brought_bytes)}, fetched into target/staging"
    ending = f"Times are {scan.timezone}. Nothing was changed; {fetched}."
    print_indented(console, Text(ending, "dim"))


def _file_totals(console: Console, goals: Sequence[ImportScan]) -> None:
    main = [file for goal in goals for s in goal.sources if s.is_main for file in s.files]
    states = Counter(str(file.state) for file in main)
    taken = [file for file in main if file.state in TO_IMPORT]
    amount = size(sum(file.size for file in taken))
    text = f"To import: {counted(len(taken), 'main file')}, {amount}"
    words = {
        "waiting": "waiting",
        "imported": "imported before",
        "done": "done",
        "ignored": "ignored",
    }
    rest = [f"{thousands(states[state])} {word}" for state, word in words.items() if states[state]]
    refused = len({entry for goal in goals for entry in goal.refused})
    rest += [f"{thousands(refused)} refused"] if refused else []
    text += f" ({', '.join(rest)})" if rest else ""
    print_indented(console, Text(text, "bold"))


def _link_totals(console: Console, goals: Sequence[ImportScan]) -> None:
    links = Counter(str(s.link.status) for goal in goals for s in goal.sources if s.link)
    if not links:
        return
    parts = Text().append("Links: ", "bold")
    found = [(status, color) for status, color in LINKS.items() if links[status]]
    for index, (status, color) in enumerate(found):
        parts.append(", " if index else "").append(f"{links[status]} {status}", color)
    console.print(parts, soft_wrap=True)
