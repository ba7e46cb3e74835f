"""The documents are shown by the command that is installed with them."""

import pytest
from click.testing import CliRunner

from runner.cli.main import main
from runner.workspace.manual import manual_page, manual_pages


def shown(*arguments):
    return CliRunner().invoke(main, ["help", *arguments])


def test_pages_are_listed_and_shown():
    assert "first-project    First project\n" in shown().output
    assert shown("first-project").output.startswith("# First project\n")


def test_part_ends_where_the_next_begins():
    part = manual_page("commands#exit-codes")
    assert part.startswith("## Exit codes\n")
    assert "| 4 |" in part
    assert "Shared options" not in part
    # A line of code is no heading.
    assert "pip install runner" in manual_page("first-project#first-project")


@pytest.mark.parametrize(
    ("topic", "said"),
    [
        ("imports", "there is no page 'imports'. Did you mean 'import'?"),
        ("import#fromat", "there is no part of import 'fromat'. Did you mean 'format'?"),
    ],
)
def test_page_that_is_not_there_has_a_nearest_spelling(topic, said):
    ended = shown(topic)
    assert ended.exit_code == 2
    assert said in ended.output


def test_links_between_pages_lead_to_parts():
    pages = manual_pages()
    assert len(pages) > 25
    assert manual_page("models#macros-of-dbt").startswith("## Macros of dbt\n")
