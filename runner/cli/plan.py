"""`runner plan`."""

import sys
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from runner.cli.options import (
    connection_option,
    handled,
    line_reader,
    project_options,
    run_options,
    selection_options,
    workspace_of,
)
from runner.cli.typed_command import typed_command

if TYPE_CHECKING:
    from runner.errors import RunnerError
    from runner.orchestrate.plan import Plan
    from runner.workspace.workspace import Workspace


@click.command(epilog="Example: runner plan --select connection:webshop+ --format markdown")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    help="How the plan is written; markdown is for a pull request.",
)
@click.option("--show-pii", is_flag=True, help="Show personal data as it is, not as its shape.")
@selection_options
@connection_option
@run_options
@click.option("-v", "--verbose", is_flag=True, help="Report each model, test and goal.")
@click.option("-q", "--quiet", is_flag=True, help="Do not report progress.")
@click.option("--no-use-colors", is_flag=True, help="Plain text.")
@project_options
@handled
def command(
    project_dir: Path,
    target: str | None,
    variables: str | None,
    form: str,
    show_pii: bool,
    verbose: bool,
    quiet: bool,
    no_use_colors: bool,
    **asked: Any,
) -> int:
    """Show what a build would do with the files that are there now, without doing it.

    Builds on a copy of the warehouse that is thrown away: nothing is published, renamed, sent or
    mailed, and files on servers are only read. It waits for no build, and none waits for it.

    Shows what of the definitions changed; rows by outcome; profiles and groups that would be
    created, changed, cleared and merged, with examples; who enters and leaves each segment; the
    files that exports would send; and what would fail. Exits with the code of the build.
    """
    from runner.errors import RunnerError
    from runner.orchestrate.options import BuildOptions
    from runner.orchestrate.plan import plan_build
    from runner.report.console import ConsoleReporter
    from runner.report.terminal import open_console
    from runner.schedule.stop_clock import StopClock

    clock = StopClock()
    options = BuildOptions(**asked, command=typed_command(), should_stop=clock.is_stopped)
    console = open_console(sys.stderr, not no_use_colors)
    try:
        workspace = workspace_of(project_dir, target, variables, leaves_broken=True)
        with clock.listening(), ConsoleReporter(console, quiet, is_brief=True) as reporter:
            plan = plan_build(workspace, options, reporter, None if show_pii else _personal)
    except RunnerError as error:
        _write_error(error, form)
        raise
    if form == "text":
        from runner.report.plan import show_plan

        console = open_console(sys.stdout, not no_use_colors)
        show_plan(console, plan, line_reader(project_dir), is_verbose=verbose)
    else:
        _write(workspace, plan, form)
    return plan.result.exit_code


def _write(workspace: "Workspace", plan: "Plan", form: str) -> None:
    from runner.report.plan_json import plan_json
    from runner.report.plan_markdown import plan_markdown

    click.echo(plan_json(workspace, plan) if form == "json" else plan_markdown(plan))


def _write_error(error: "RunnerError", form: str) -> None:
    """Write the error of a plan that could not begin where a program reads the plan."""
    from runner.report.plan_json import error_json
    from runner.report.plan_markdown import error_markdown

    if form != "text":
        click.echo(error_json(error) if form == "json" else error_markdown(error))


def _personal(workspace: "Workspace") -> Collection[str]:
    from runner.inspect.personal_values import personal_values

    return personal_values(workspace).properties
