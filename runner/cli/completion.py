"""`runner completion`."""

import click

from runner.cli.options import handled

SHELLS = {
    "bash": 'eval "$(runner completion bash)" in ~/.bashrc',
    "zsh": 'eval "$(runner completion zsh)" in ~/.zshrc',
    "fish": "runner completion fish > ~/.config/fish/completions/runner.fish",
}
"""Shells, and how each is told."""


@click.command(epilog="Example: runner completion bash")
@click.argument("shell", type=click.Choice(list(SHELLS)))
@click.pass_context
@handled
def command(context: click.Context, shell: str) -> None:
    """Print what lets a shell complete commands, options, targets, and names of nodes."""
    from click.shell_completion import get_completion_class

    complete = get_completion_class(shell)
    assert complete is not None
    click.echo(complete(context.find_root().command, {}, "runner", "_RUNNER_COMPLETE").source())
