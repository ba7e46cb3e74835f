"""Definitions are shown as they were written, and without secrets."""

from pathlib import Path

import pytest

from runner.errors import Location
from runner.site.written import WrittenFiles

YAML = """\
# A connection.
connection: shop
password: hunter22-hunter22
goals:
  - name: orders
    files:
      # The lines.
      lines:
        path: a.csv

        join: {
          id: other.id
        }
      other: {path: b.csv}
  - name: out
    kind: export
"""


@pytest.fixture
def part(tmp_path: Path):
    (tmp_path / "shop.yml").write_text(YAML, encoding="utf-8")

    def read(line: int, column: int):
        found = WrittenFiles(tmp_path).part(Location("shop.yml", line, column))
        return found and (found.first, found.first + len(found.lines) - 1)

    return read


@pytest.mark.parametrize(
    ("line", "column", "lines"),
    [
        (5, 5, (5, 14)),  # an item of a list
        (9, 9, (8, 13)),  # the value of a key, in lines of its own
        (14, 14, (14, 14)),  # a value beside its key
        (15, 5, (15, 16)),  # the last item
        (2, 1, (1, 16)),  # what stands at the margin is the whole file
    ],
)
def test_declaration_ends_where_the_next_begins(part, line, column, lines):
    assert part(line, column) == lines


def test_location_outside_the_file_or_the_project_shows_nothing(part, tmp_path):
    assert part(99, 1) is None
    assert WrittenFiles(tmp_path / "models").part(Location("../shop.yml", 2)) is None


def test_secrets_are_hidden(tmp_path, part):
    whole = WrittenFiles(tmp_path).whole("shop.yml")
    assert whole.lines[2] == "password: ***"


@pytest.mark.parametrize("text", ["x" * 1_000_000, "'" * 1_000_000, "pass-" * 200_000])
def test_line_of_any_length_is_cut_and_read_at_once(tmp_path, text):
    (tmp_path / "shop.yml").write_text(f"name: {text}\npassword: hunter22\n")
    lines = WrittenFiles(tmp_path).whole("shop.yml").lines
    assert lines[0] == f"name: {text}"[:1999] + "…"
    assert lines[1] == "password: ***"
