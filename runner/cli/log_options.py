"""What a user may ask of the report of a build."""

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from runner.cli.options import Command


@dataclass(frozen=True)
class LogOptions:
    """What a user may ask of the report of a build."""

    # text or json.
    log_format: str
    # A file that gets the JSON lines too.
    log_file: Path | None
    quiet: bool
    # Whether each node has its lines, also one that passed or has nothing new.
    verbose: bool
    use_colors: bool


def log_options(command: Command) -> Command:
    """Add --log-format, --log-file, --quiet, --verbose and --no-use-colors, as `reporting`."""

    @functools.wraps(command)
    def run(
        *args: Any,
        log_format: str,
        log_file: Path | None,
        quiet: bool,
        verbose: bool,
        no_use_colors: bool,
        **options: Any,
    ) -> Any:
        reporting = LogOptions(log_format, log_file, quiet, verbose, not no_use_colors)
        return command(*args, reporting=reporting, **options)

    for option in (
        click.option(
            "--log-file",
            type=click.Path(dir_okay=False, path_type=Path),
            help="Add the JSON lines to this file.",
        ),
        click.option("--no-use-colors", is_flag=True, help="Plain text."),
        click.option("-v", "--verbose", is_flag=True, help="Report each model, test and goal."),
        click.option("-q", "--quiet", is_flag=True, help="Report only what goes wrong."),
        click.option(
            "--log-format",
            type=click.Choice(["text", "json"]),
            default="text",
            help="json: one object a line, on standard output.",
        ),
    ):
        run = option(run)
    return run
