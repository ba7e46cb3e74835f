"""The pages of a project that has not been built."""

from pathlib import Path

import pytest

from runner.errors import UsageError
from runner.web.pages import Pages
from runner.web.served import Served

FILES = {
    "runner_project.yml": "name: shop\n",
    "models/properties.yml": "properties: {email: {identifier: true}}\n",
    "connections/shop.yml": """\
connection: shop
type: local
path: drop
goals:
  - name: people
    kind: import_profiles
    files: {people: {path: people.csv}}
    identify: {by: [{email: email}]}
""",
    "drop/people.csv": "email\0\n",
}


@pytest.fixture
def pages(tmp_path: Path) -> Pages:
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    return Pages(Served(tmp_path, allow_actions=True))


def test_preview_that_fails_says_why_on_the_page_of_its_goal(pages: Pages) -> None:
    page = pages.goal("shop.people", "preview", is_whole=False)
    assert "Files and links" in page
    assert page.count('role="status"') == 1, "only what says the phase of a build is read out"
    assert '<span id="live"></span>' in page
    assert "people.csv: line 1, which names the columns, has a NUL" in page


def test_pages_without_a_build_are_made(pages: Pages) -> None:
    assert "not run yet" in pages.connections()
    assert "No build yet" in pages.history()
    assert "No build yet" in pages.exchange(is_whole=True)
    assert "no build yet" in pages.exports(is_whole=True)
    assert "there is no warehouse yet" in pages.people("email=an@x.nl")
    with pytest.raises(UsageError, match="there is no build yet"):
        pages.build("1")


def test_results_of_an_action_are_named_and_are_where_the_page_opens(pages: Pages) -> None:
    scanned = pages.goal("shop.people", "scan", is_whole=False)
    assert 'aria-label="Files of people"' in scanned
    assert '<form method="post" action="#found"' in scanned
    assert '<section class="part" id="found" tabindex="-1">' in scanned
