"""`runner serve`."""

from pathlib import Path

import click

from runner.cli.options import handled, project_options


@click.command(epilog="Example: runner serve --port 8500 --allow-actions")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="Port; a free one if absent."
)
@click.option(
    "--token-file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File with the token, which others may not read; needed with another --host.",
)
@click.option(
    "--name",
    "names",
    multiple=True,
    metavar="HOST[:PORT]",
    help="Name by which browsers reach the page, such as that of a proxy.",
)
@click.option("--allow-actions", is_flag=True, help="Let the page scan, preview and start builds.")
@click.option("--show-pii", is_flag=True, help="Show personal data as it is; needed for queries.")
@project_options
@handled
def command(
    host: str,
    port: int,
    token_file: Path | None,
    names: tuple[str, ...],
    allow_actions: bool,
    show_pii: bool,
    project_dir: Path,
    target: str | None,
    variables: str | None,
) -> None:
    """Serve the page of the project: connections, goals, exports, builds, people, queries.

    Needs `pip install runner[web]`. Prints the address to open, which has a token; the browser then
    keeps a cookie. Only this machine reaches it, unless --host names another address.
    """
    from importlib.util import find_spec

    from runner.definitions.document import read_variables
    from runner.errors import UsageError

    if not (find_spec("starlette") and find_spec("uvicorn")):
        raise UsageError(
            "`runner serve` needs packages that are not installed",
            hint="run `pip install 'runner[web]'`",
        )
    from runner.web.served import Served
    from runner.web.server import is_loopback, read_token, serve

    if token_file is None and not is_loopback(host):
        raise UsageError(f"--host {host} can be reached from other machines: it needs --token-file")
    token = read_token(token_file) if token_file else None
    served = Served(project_dir, target, read_variables(variables), show_pii, allow_actions)
    serve(served, host, port, token, names, lambda address: click.echo(f"Open {address}"))
