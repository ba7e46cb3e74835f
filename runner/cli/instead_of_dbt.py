"""Commands and options of dbt that are written otherwise here."""

import click

COMMANDS = {
    "seed": "seeds are built by `runner build`, and alone by `runner run --select path:seeds`",
    "snapshot": "snapshots are taken by `runner build`, and alone by"
    " `runner run --select path:snapshots`",
    "source": "`runner scan` says how old the files of each goal are",
    "freshness": "`runner scan` says how old the files of each goal are",
    "parse": "`runner compile` checks the whole project",
    "list": "use `runner ls`",
    "clone": "copy the file of the warehouse",
}
"""Commands -> what to do instead."""
OPTIONS = {
    "--defer": "models that are not selected are in the copy of the warehouse that a build begins"
    " with: in CI, copy the warehouse of production to where the target has its own",
    "--profiles-dir": "targets are in runner_project.yml",
    "--profile": "targets are in runner_project.yml; choose one with --target",
    "--models": "use --select",
    "-m": "use --select",
    "--resource-type": "use --select resource_type:model",
    "--store-failures": "state `store_failures: true` of a test",
    "--no-partial-parse": "nothing has to be parsed again: leave it out",
    "--indirect-selection": "a test runs if everything that it tests is selected",
    "--debug": "use --verbose",
    "--log-level": "use --verbose or --quiet",
}
"""Options -> what to do instead. Those of a value may be written `--option=value`."""
OPTIONS |= {"--no-defer": OPTIONS["--defer"], "--favor-state": OPTIONS["--defer"]}


def instead_of_option(error: click.NoSuchOption) -> None:
    """Say what to do instead of an option of dbt; raises UsageError where there is something."""
    if instead := OPTIONS.get(error.option_name):
        message = f"`{error.option_name}` of dbt is not here: {instead}"
        raise click.UsageError(message, error.ctx) from error
