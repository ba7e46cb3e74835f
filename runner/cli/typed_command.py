"""The command as it was typed, for the history and for who waits for its lock."""

import shlex
from collections.abc import Iterator
from typing import Any

import click

from runner.secret_values import HIDDEN

LEFT_OUT = ("project_dir", "log_format", "log_file", "quiet", "verbose", "no_use_colors")
"""Options that do not change what is done."""
LAST = "full_refresh"


def typed_command() -> str:
    """Return the command with its options: `runner build --select vip`.

    The values of --vars may be secrets, and are hidden. `--full-refresh` comes last.
    """
    context = click.get_current_context()
    typed = [
        parameter
        for parameter in context.command.params
        if parameter.name not in (*LEFT_OUT, None)
        and context.get_parameter_source(str(parameter.name))
        is not click.core.ParameterSource.DEFAULT
    ]
    words = ["runner", str(context.info_name)]
    for parameter in sorted(typed, key=lambda parameter: parameter.name == LAST):
        words += _words(parameter, context.params[str(parameter.name)])
    return " ".join(words)


def _words(parameter: click.Parameter, value: Any) -> Iterator[str]:
    option = max(parameter.opts, key=len)
    values = value if isinstance(value, tuple) else (value,)
    for item in values:
        if isinstance(parameter, click.Argument):
            yield shlex.quote(str(item))
        elif isinstance(item, bool):
            yield from (option,) * item
        else:
            yield f"{option} {HIDDEN if parameter.name == 'variables' else shlex.quote(str(item))}"
