"""`runner profile`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from runner.cli.background_import import import_in_background
from runner.cli.options import handled, project_options, readable_workspace_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from runner.engine.warehouse import Warehouse
    from runner.explain.explanation import Explanation
    from runner.inspect.profile import Profile
    from runner.inspect.query import Answer
    from runner.workspace.workspace import Workspace

EXPLAINED = ("identifiers", "rows", "retractions", "event_lines", "consent_lines", "explained")
"""What `--explain` adds to the JSON of a profile."""
GROUP = ("type", "identifier", "property")
"""What the JSON of a profile has of each of its groups."""
ALL = ""
"""`--explain` without a property."""
NEEDED_LATER = ("runner.explain.explain", "runner.report.profile")
"""What `--explain` needs once the profile is found."""


@click.command(epilog="Example: runner profile email=an@acme.example --explain")
@click.argument("pairs", nargs=-1, metavar="PROPERTY=VALUE...")
@click.option(
    "--explain",
    is_flag=False,
    flag_value=ALL,
    multiple=True,
    metavar="[PROPERTY]",
    help="Show which line, goal and build gave each value, or that of one property.",
)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.option("--show-pii", is_flag=True, help="Show personal data as it is, not as its shape.")
@project_options
@handled
def command(
    pairs: tuple[str, ...],
    explain: tuple[str, ...],
    as_json: bool,
    show_pii: bool,
    project_dir: Path,
    target: str | None,
    variables: str | None,
) -> int:
    """Show one customer: properties, segments, identifiers, consent and timeline.

    Instead of PROPERTY=VALUE, give the id of a profile; the id of a profile that was merged shows
    the one that it became part of. Reads the published warehouse, also while a build runs.
    """
    from runner.inspect.profile import find_profiles
    from runner.warehouse.publication import open_published

    workspace = readable_workspace_of(project_dir, target, variables)
    names, more = _explained_names(explain)
    if not pairs and not more:
        raise click.UsageError("Missing argument 'PROPERTY=VALUE...'.")
    with open_published(workspace) as warehouse:
        if explain:
            import_in_background(*NEEDED_LATER)
        found = find_profiles(workspace, warehouse, (*pairs, *more), show_pii)
        explained = []
        if explain:
            explained = _explanations(workspace, warehouse, found, names, show_pii)
    if not found:
        click.echo("no profile matches", err=True)
        return 1
    if as_json:
        from runner.cli.answer import write_rows

        write_rows(_as_rows(found, explained), "json")
        return 0
    from runner.report.profile import show_profile
    from runner.report.terminal import open_console

    console = open_console(sys.stdout)
    for number, one in enumerate(found):
        show_profile(console, one, explained[number] if explained else None, is_whole=not names)
    return 0


def _explained_names(explain: "Sequence[str]") -> tuple[list[str], list[str]]:
    """Return the properties to explain, and pairs: `--explain` may stand before PROPERTY=VALUE."""
    from runner.inspect.profile import UUID_TEXT

    pairs = [text for text in explain if "=" in text or UUID_TEXT.fullmatch(text)]
    return [text for text in explain if text and text not in pairs], pairs


def _explanations(
    workspace: "Workspace",
    warehouse: "Warehouse",
    profiles: "Sequence[Profile]",
    names: "Sequence[str]",
    show_pii: bool,
) -> "list[Explanation]":
    from runner.explain.explain import explain

    ids = [str(profile.values[0][1]) for profile in profiles]
    return [explain(workspace, warehouse, one, names, show_pii) for one in ids]


def _as_rows(profiles: "Sequence[Profile]", explanations: "Sequence[Explanation]") -> "Answer":
    """Return profiles as rows, a column per property; explanations add where they come from."""
    from runner.inspect.query import Answer
    from runner.report.explanation import explanation_values
    from runner.report.timeline import event_value

    names = (name for name, _ in profiles[0].values)
    explained = EXPLAINED if explanations else ()
    columns = (*names, "aliases", "segments", "groups", "timeline", "consent", *explained)
    rows = tuple(
        (
            *(value for _, value in profile.values),
            list(profile.aliases),
            list(profile.segments),
            [dict(zip(GROUP, group, strict=True)) for group in profile.groups],
            [event_value(event) for event in profile.events],
            {objective: consented for objective, consented, *_ in profile.consents},
            *(_lines(profile) if explanations else ()),
            *(explanation_values(explanations[number]) for _ in explanations[:1]),
        )
        for number, profile in enumerate(profiles)
    )
    return Answer(columns, rows)


def _lines(profile: "Profile") -> "tuple[list[dict[str, Any]], ...]":
    """Return the lists of lines that `EXPLAINED` names."""
    line = ("goal", "file", "line", "build")
    event_lines = [
        (event.type, event.event_id, *source)
        for event in profile.events
        for source in event.sources
    ]
    consents = [
        (objective, said_at, goal, file, number)
        for objective, _, said_at, goal, file, number in profile.consents
    ]
    parts = (
        (("identifier", "value"), profile.identifiers),
        (line, profile.sources),
        (line, profile.retractions),
        (("event", "id", *line), event_lines),
        (("objective", "said_at", *line[:3]), consents),
    )
    return tuple(
        [dict(zip(names, values, strict=True)) for values in rows] for names, rows in parts
    )
