"""The pieces of `docs/from-blueconic.md` are one project, and its date letters are read as it says."""

import re
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from runner.cli.main import main
from runner.definitions import schedule
from runner.definitions.date_letters import strptime_format
from tests.unit.test_docs import ROOT, Block, blocks_of, sections, write

PAGE = ROOT / "docs" / "from-blueconic.md"
CELL = re.compile(r"^\| `([^`]+)` \| `(%[^`]+)` \| `([^`]+)` \|$", re.MULTILINE)
LETTERS = re.compile(r"^\| ((?:`[^`]+`(?:, | with )?)+) \|", re.MULTILINE)


def connection() -> str:
    """Return the pieces of the connection, one below the other."""
    return "".join(
        block.text for block in blocks_of(PAGE) if block.language == "yaml" and not block.file
    )


def path_of(block: Block) -> str | None:
    """Return the path of a whole file of the project; None of a piece of the connection."""
    model = re.match(r"-- (\S+\.sql)\n", block.text)
    return model[1] if model else block.file


def test_pieces_are_one_connection_of_a_project_without_a_mistake(tmp_path: Path) -> None:
    write(tmp_path / "connections/webshop.yml", connection())
    for block in blocks_of(PAGE):
        if path := path_of(block):
            write(tmp_path / path, block.text)
    ended = CliRunner().invoke(main, ["compile", "--project-dir", str(tmp_path)])
    assert ended.exit_code == 0, ended.output + ended.stderr
    listed = CliRunner().invoke(main, ["ls", "--project-dir", str(tmp_path)])
    for name in ("webshop.orders", "webshop.households", "webshop.vip"):
        assert name in listed.output


@pytest.mark.parametrize(
    ("written", "read"), [found[:2] for found in CELL.findall(PAGE.read_text())]
)
def test_format_of_the_product_is_read_as_the_page_says(written: str, read: str) -> None:
    assert strptime_format(written) == read


def test_schedules_of_the_page_are_schedules() -> None:
    rows = re.findall(r"^\| [^|]+ \| `([^`]*: [^`]*)`", sections(PAGE)["schedule"], re.MULTILINE)
    kinds = [next(iter(yaml.safe_load(row))) for row in rows]
    assert kinds == list(schedule.KINDS)
    for row in rows:
        assert schedule.Schedule(**yaml.safe_load(row)), row


def test_each_letter_of_the_page_is_known() -> None:
    told = [
        letter
        for row in LETTERS.findall(sections(PAGE)["date-letters"])
        for letter in re.findall(r"`([^`]+)`", row)
    ]
    assert len(told) > 20
    for letter in told:
        assert strptime_format(letter) is not None, letter
    assert strptime_format("yyyy-'W'ww") is None
