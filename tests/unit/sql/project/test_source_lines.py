"""The lines of a file source, as they were last imported."""

from collections.abc import Sequence
from pathlib import Path

from runner.compile.input_file import InputFile
from runner.compile.source_lines import Source, source_models
from runner.definitions.format import Format
from tests.unit.sql.expression import empty_workspace, query_rows


def source_lines(files: Sequence[InputFile], columns: Sequence[str]) -> list[tuple[object, ...]]:
    source = Source("shop", "orders", "lines")
    model, _ = source_models(source, files, columns, Format(), empty_workspace().library)
    return query_rows(model.sql)


def test_lines_know_their_file_and_number(tmp_path: Path) -> None:
    files = []
    texts = ("a,b\n1,2\n", "a,b\n5,6\n7,8\n", "a,b\n9,10\n", "b\n3\n")
    for number, text in enumerate(texts, 1):
        path = tmp_path / f"file_{number}.csv"
        path.write_text(text, encoding="utf-8")
        header = tuple(text.split("\n")[0].split(","))
        records = text.count("\n") - 1
        files.append(InputFile(number, path.name, str(path), False, header, 1, records))
    assert source_lines(files, ["a", "b"]) == [
        ("file_1.csv", 2, "1", "2"),
        ("file_2.csv", 2, "5", "6"),
        ("file_2.csv", 3, "7", "8"),
        ("file_3.csv", 2, "9", "10"),
        ("file_4.csv", 2, None, "3"),
    ]


def test_columns_of_the_file_come_before_those_that_are_made(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text("_line\nown\n", encoding="utf-8")
    files = [InputFile(1, path.name, str(path), False, ("_line",), 1, 1)]
    assert source_lines(files, ["_line"]) == [("file.csv", "own")]


def test_source_without_files_has_columns_and_no_lines() -> None:
    assert source_lines([], ["a"]) == []
