"""The summary of a build on the terminal."""

from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from runner.definitions.masked_line import ReadLine
from runner.errors import counted
from runner.report.causes import failures, located, names, skips, warnings
from runner.report.errors import unread
from runner.report.layout import print_labelled, print_title
from runner.report.node_line import WORDS, consent_parts
from runner.report.printable import printable, printable_lines
from runner.report.quantities import duration, size, thousands
from runner.report.quoted_line import show_quoted_line
from runner.report.reconciliation import show_import
from runner.report.terminal import print_indented
from runner.result import BuildResult, NodeResult

TALLY = {"OK": "PASS", "PASS": "PASS", "WARN": "WARN", "SKIP": "SKIP"}
"""Under which word of the last line a status counts; any other is an ERROR."""

ALL_KNOWN = "Nothing new to import: no row was applied, the profiles are as they were."


def show_summary(
    console: Console,
    result: BuildResult,
    read_line: ReadLine = unread,
    is_quiet: bool = False,
    is_verbose: bool = False,
) -> None:
    """Print what became of goals, models, segments and tests; quiet, only what went wrong.

    Goals that have nothing new are counted; verbose, each has its line. `read_line(file, line)`
    gives a line of the project, shown under an error.
    """
    if not is_quiet:
        console.print()
        show_imports(console, result.nodes, is_verbose)
        _hints(console, result)
        show_models(console, result.nodes)
        _segments(console, result.nodes)
        _exports(console, result.nodes)
    show_warnings(console, result)
    show_errors(console, result.nodes, read_line)
    if not is_quiet:
        show_skipped(console, result.nodes)
        _last_lines(console, result)


def show_imports(console: Console, nodes: Sequence[NodeResult], is_verbose: bool) -> None:
    """Print what became of each import goal; of those with nothing new, how many there are."""
    goals = [node for node in nodes if node.kind.startswith("import_")]
    unchanged = [goal for goal in goals if goal.is_idle]
    shown = [goal for goal in goals if is_verbose or _is_told(goal)]
    if shown:
        console.print(Text("Imports", "bold"))
    for goal in shown:
        show_import(console, goal)
    if unchanged and len(unchanged) == len(goals):
        console.print(Text(ALL_KNOWN, "green"))
    elif unchanged and not is_verbose:
        others = counted(len(unchanged), "other goal" if shown else "goal")
        console.print(Text(f"{'  ' if shown else ''}nothing new for {others}", "green"))


def _hints(console: Console, result: BuildResult) -> None:
    """Print which commands list what was set aside, and what was not applied."""
    goals = [node for node in result.nodes if node.kind.startswith("import_")]
    applied = [goal for goal in goals if not goal.is_failure]
    rejects = sum(goal.rejects for goal in applied)
    if rejects:
        command = f"runner rejects --build {printable(result.build_id)}"
        print_indented(console, Text(f"{command} lists the {thousands(rejects)} set aside"), 2)
    if any(goal.outcomes.get("ambiguous") for goal in applied):
        text = "runner conflicts lists the rows that lead to several profiles or groups"
        print_indented(console, Text(text), 2)


def _is_told(goal: NodeResult) -> bool:
    """Return whether an import has more to show than that nothing is new, or its error."""
    return not goal.is_idle and not (goal.is_failure and not goal.files)


def show_models(console: Console, nodes: Sequence[NodeResult]) -> None:
    """Print how many models were built and how many tests passed."""
    parts = []
    for kind, done in (("model", "built"), ("test", "passed"), ("unit_test", "passed")):
        statuses = Counter(node.status for node in nodes if node.kind == kind)
        if statuses:
            good = sum(statuses.pop(status, 0) for status in ("success", "pass", "unchanged"))
            parts.append(f"{counted(good, kind.replace('_', ' '))} {done}")
            parts += [f"{thousands(count)} {_word(status)}" for status, count in statuses.items()]
    if parts:
        print_labelled(console, "Models", parts)


def _word(status: str) -> str:
    return {"warn": "with a warning", "fail": "failed", "error": "with an error"}.get(
        status, printable(status)
    )


def _segments(console: Console, nodes: Sequence[NodeResult]) -> None:
    segments = [node for node in nodes if node.kind == "segment" and node.status == "success"]
    if segments:
        parts = [f"{printable(node.name)} {thousands(node.rows)}" for node in segments]
        print_labelled(console, "Segments", parts)


def _exports(console: Console, nodes: Sequence[NodeResult]) -> None:
    goals = [node for node in nodes if node.kind.startswith("export_")]
    sent = [goal for goal in goals if goal.status in ("success", "unchanged")]
    unchanged = [goal for goal in sent if goal.status == "unchanged"]
    label = "Exports"
    for goal in sent:
        if goal.status == "success":
            print_labelled(console, label, export_parts(goal))
            label = ""
    if unchanged:
        print_labelled(
            console, label, [f"nothing new for {counted(len(unchanged), 'goal')}"], "green"
        )


def export_parts(goal: NodeResult) -> list[str]:
    """Return an export, whom it left out, and each file that it sent."""
    head = printable(goal.name)
    if goal.members != goal.rows:
        head += f": {thousands(goal.rows)} of {counted(goal.members, 'member')}"
    files = [
        f"{printable(file.path)}: {counted(file.rows, 'row')} {size(file.size)}"
        for file in goal.exported
    ]
    return [head, *(f"no consent: {part}" for part in consent_parts(goal.no_consent)), *files]


def show_warnings(console: Console, result: BuildResult) -> None:
    """Print each warning once, with the nodes that have it."""
    found = warnings(result)
    if not found:
        return
    print_title(console, "Warnings", "bold yellow")
    for warning, nodes in found.items():
        name = f"{names(nodes)}: " if nodes else ""
        print_indented(console, Text("\n".join(printable_lines(f"{name}{warning}")), "yellow"), 2)


def show_errors(console: Console, nodes: Sequence[NodeResult], read_line: ReadLine) -> None:
    """Print each error once, with the nodes that it touches and its line of the project."""
    for number, failed in enumerate(failures(nodes)):
        node = failed[0]
        if number == 0:
            print_title(console, "Errors", "bold red")
        head = Text.assemble((WORDS[node.status][0], "bold red"), f" {names(failed, len(failed))}")
        print_indented(console, head, 2)
        print_indented(console, Text("\n".join(printable_lines(located(node)))), 4)
        if node.location:
            show_quoted_line(console, node.location, read_line, 4)


def show_skipped(console: Console, nodes: Sequence[NodeResult]) -> None:
    """Print the nodes that were skipped, by reason."""
    for number, skipped in enumerate(skips(nodes)):
        if number == 0:
            print_title(console, "Skipped", "bold yellow")
        why = f": {skipped[0].message}" if skipped[0].message else ""
        print_indented(console, Text("\n".join(printable_lines(f"{names(skipped)}{why}"))), 2)


def _last_lines(console: Console, result: BuildResult) -> None:
    """Print whether analysts see the build, and the counts: of statuses, and of all warnings."""
    words = Counter(
        TALLY.get(WORDS.get(node.status, ("ERROR", ""))[0], "ERROR") for node in result.nodes
    )
    words["WARN"] = result.warning_count
    tally = " ".join(f"{word}={words[word]}" for word in ("PASS", "WARN", "ERROR", "SKIP"))
    has_failed = any(node.is_error for node in result.nodes)
    console.print()
    profiles = counted(result.profiles, "profile")
    if result.published:
        where = Text(f"The warehouse is published: {profiles}.", "bold")
    elif has_failed:
        where = Text("The warehouse is NOT published: the last good one stays.", "bold red")
    else:
        where = Text("The warehouse stays as it was.", "bold")
    print_indented(console, where)
    location = f"Target {printable(result.target)}, build {printable(result.build_id)}"
    print_indented(console, Text(f"{location}, {duration(result.seconds)}.", "dim"))
    color = "red" if has_failed or result.exit_code else "yellow" if words["WARN"] else "green"
    end = "Stopped." if result.stopped else "Done."
    console.print(Text(f"{end} {tally} TOTAL={len(result.nodes)}", color), soft_wrap=True)
