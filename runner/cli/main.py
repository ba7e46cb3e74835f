"""The command `runner` and its commands, each loaded when it is asked for."""

import gc
import importlib
from typing import Any

import click

from runner.cli import instead_of_dbt
from runner.file_mode import FILE_MODE

# What a command loads stays until it ends, and it makes few circles of objects: to look for them
# after each 700 objects would take a tenth of its time.
gc.set_threshold(50_000)

COMMANDS = {
    "help": "Show a page of the documents",
    "init": "Start a project: a copy of the starter, or from a file",
    "add": "Propose a goal that imports a file, and write it into the project",
    "peek": "Show the first records of a file, without a goal",
    "deps": "Install the packages of packages.yml",
    "debug": "Test each connection: reachable, host key, login, directories, keys",
    "scan": "Show the files that each goal would take, and how they are joined",
    "preview": "Show the first rows of a goal's files and of the joined row",
    "count": "Count the members of each export goal, and how many would be sent",
    "compile": "Write the SQL of all models to target/compiled",
    "plan": "Show what a build would do, without doing it",
    "build": "Import, model, test, publish and export",
    "retry": "Build what failed in the last build",
    "docs": "Write the documentation of the project, with its lineage, as a page",
    "serve": "Serve a page with connections, goals, builds, people and queries",
    "schedule": "Run builds by the schedules of the connections",
    "run": "Build without data tests",
    "test": "Run unit tests of models, and data tests on the published warehouse",
    "ls": "List goals, models, segments and tests",
    "show": "Show the first rows of a model",
    "query": "Run SQL on the published warehouse",
    "run-operation": "Call a macro of the project",
    "profile": "Show one customer",
    "rejects": "List the lines and values that were set aside",
    "rows": "List the rows that were not applied, with file, line and why",
    "identity": "Show which identifiers link profiles, and the largest profiles",
    "conflicts": "List the rows that lead to several profiles",
    "history": "Show past builds, and what a running build does now",
    "rollback": "Publish the warehouse of an earlier build again",
    "migrate": "Carry the warehouse of a target to one with `engine: spark`",
    "forget": "Erase persons from everything below target/, and never import them again",
    "suppress": "Stop importing the rows of persons",
    "unsuppress": "Import rows of suppressed persons again",
    "undo": "Undo the import of a file",
    "redo": "Import an undone file again",
    "schema": "Write the JSON Schemas of the YAML files, for editors",
    "completion": "Let a shell complete commands, targets and names",
    "clean": "Remove what builds generated",
}


class Commands(click.Group):
    """A group whose commands are imported one at a time, so that --help is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        return list(COMMANDS)

    def get_command(
        self,
        ctx: click.Context,
        cmd_name: str,
    ) -> click.Command | None:
        """Import a command."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"runner.cli.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        return command

    def format_commands(
        self,
        ctx: click.Context,
        formatter: click.HelpFormatter,
    ) -> None:
        """Write the list of commands, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that was named; its nearest spelling where there is none."""
        from runner.errors import nearest

        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            guess = nearest(args[0], COMMANDS)
            if instead := instead_of_dbt.COMMANDS.get(args[0]):
                guess = f" It is one of dbt: {instead}"
            ctx.fail(f"There is no command '{args[0]}'.{guess}")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an option that is one of dbt is refused with what to do instead."""
        try:
            return super().invoke(ctx)
        except click.NoSuchOption as error:
            instead_of_dbt.instead_of_option(error)
            raise


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: runner build --select connection:webshop",
)
@click.version_option(package_name="runner", prog_name="runner")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Customer profiles as code: exchange customer data over SFTP, on DuckDB."""
    # A new project is written for everybody who works on it.
    if ctx.invoked_subcommand != "init":
        FILE_MODE.keep_private()
