"""`runner help`."""

import click

from runner.cli.options import handled


@click.command(epilog="Example: runner help import#format")
@click.argument("topic", required=False, metavar="[PAGE[#PART]]")
@handled
def command(topic: str | None) -> None:
    """Show a page of the documents, or a part of it; without a name, what pages there are.

    The documents are those of the version that is installed. `runner COMMAND --help` shows the
    options of a command.
    """
    from runner.workspace.manual import manual_page, manual_pages, title_of

    if topic is not None:
        click.echo_via_pager(manual_page(topic))
        return
    pages = manual_pages()
    width = max(map(len, pages), default=0)
    for name, page in pages.items():
        click.echo(f"{name:{width}}  {title_of(page)}")
    click.echo("Show one: runner help PAGE, or a part of one: runner help import#format")
