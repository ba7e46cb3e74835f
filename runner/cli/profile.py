"""`runner profile`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from runner.cli.options import handled, project_options, readable_workspace_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from runner.inspect.profile import Profile
    from runner.inspect.query import Answer

EXPLAINED = ("identifiers", "rows", "retractions", "event_lines", "consent_lines")
"""What `--explain` adds to the JSON of a profile."""


@click.command(epilog="Example: runner profile email=an@acme.example --explain")
@click.argument("pairs", nargs=-1, required=True, metavar="PROPERTY=VALUE...")
@click.option("--explain", is_flag=True, help="Show goal, file, line and build of each row.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.option("--show-pii", is_flag=True, help="Show personal data as it is, not as its shape.")
@project_options
@handled
def command(
    pairs: tuple[str, ...],
    explain: bool,
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
    from runner.cli.answer import write_rows
    from runner.inspect.profile import find_profiles
    from runner.report.profile import show_profile
    from runner.report.terminal import open_console

    found = find_profiles(readable_workspace_of(project_dir, target, variables), pairs, show_pii)
    if not found:
        click.echo("no profile matches", err=True)
        return 1
    if as_json:
        write_rows(_as_rows(found, explain), "json")
        return 0
    console = open_console(sys.stdout)
    for one in found:
        show_profile(console, one, explain)
    return 0


def _as_rows(profiles: "Sequence[Profile]", is_explained: bool) -> "Answer":
    """Return profiles as rows, a column per property; `is_explained` adds where they come from."""
    from runner.inspect.query import Answer
    from runner.report.timeline import event_value

    names = (name for name, _ in profiles[0].values)
    explained = EXPLAINED if is_explained else ()
    columns = (*names, "aliases", "segments", "timeline", "consent", *explained)
    rows = tuple(
        (
            *(value for _, value in profile.values),
            list(profile.aliases),
            list(profile.segments),
            [event_value(event) for event in profile.events],
            {objective: consented for objective, consented, *_ in profile.consents},
            *(_explained(profile) if is_explained else ()),
        )
        for profile in profiles
    )
    return Answer(columns, rows)


def _explained(profile: "Profile") -> "tuple[list[dict[str, Any]], ...]":
    """Return what `EXPLAINED` names, a list of objects each."""
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
