"""The lines of a file source, as they were last imported."""

from pathlib import Path

from runner.compile.import_models import InputFile
from runner.definitions.format import Format
from tests.unit.sql.rendering import template_rows


def test_lines_know_their_file_and_number(tmp_path: Path) -> None:
    files = []
    for number, text in enumerate(("a,b\n1,2\n", "b\n3\n"), 1):
        path = tmp_path / f"file_{number}.csv"
        path.write_text(text, encoding="utf-8")
        header = tuple(text.split("\n")[0].split(","))
        file = InputFile(number, path.name, str(path), False, header, 1, 1)
        files.append({**vars(file), "columns": {name: name for name in header}})
    found = template_rows(
        "project", "source_lines", files=files, columns=["a", "b"], format=Format()
    )
    assert found == [("file_1.csv", 2, "1", "2"), ("file_2.csv", 2, None, "3")]


def test_columns_of_the_file_come_before_those_that_are_made(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text("_line\nown\n", encoding="utf-8")
    file = InputFile(1, path.name, str(path), False, ("_line",), 1, 1)
    files = [{**vars(file), "columns": {"_line": "_line"}}]
    found = template_rows(
        "project", "source_lines", files=files, columns=["_line"], format=Format()
    )
    assert found == [("file.csv", "own")]


def test_source_without_files_has_columns_and_no_lines() -> None:
    assert template_rows("project", "source_lines", files=[], columns=["a"], format=Format()) == []
