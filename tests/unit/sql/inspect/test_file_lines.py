"""The first lines of a file, trimmed as stated."""

from pathlib import Path

from runner.compile.input_file import InputFile
from runner.definitions.format import Format
from tests.unit.sql.rendering import template_rows


def test_lines_are_numbered_as_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text("a,b\n 1 ,x\n2,\n3,z\n", encoding="utf-8")
    file = InputFile(1, "file.csv", str(path), False, ("a", "b"), 1, 3)
    found = template_rows("inspect", "file_lines", file=file, format=Format(), rows=2)
    assert found == [(2, "1", "x"), (3, "2", None)]


def test_file_that_was_read_record_by_record_has_its_own_numbers(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text("7,1,x\n9,2,y\n", encoding="utf-8")
    file = InputFile(1, "file.csv", str(path), True, ("a", "b"), 1, 3)
    found = template_rows("inspect", "file_lines", file=file, format=Format(), rows=5)
    assert found == [(7, "1", "x"), (9, "2", "y")]
