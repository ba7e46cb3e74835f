"""A value of each of several files: that of the file a line is read from."""

from pathlib import Path

from runner.compile.input_file import InputFile
from runner.definitions.format import Format
from tests.unit.sql.expression import rendered, rows_of


def test_lines_of_several_files_have_each_the_value_of_its_own(tmp_path: Path) -> None:
    files = []
    for number, text in enumerate(("x\ny\n", "", "z\n"), 1):
        path = tmp_path / f"{number}.csv"
        path.write_text(f"a\n{text}", encoding="utf-8")
        files.append(InputFile(number, path.name, str(path), False, ("a",), 1, 1))
    sql = "select a, {{ of_read_file(['10', '20', '30']) }} from {{ read_lines(file, format, files) }}"
    found = rows_of(sql, file=files[0], files=files, format=Format())
    assert found == [("x", 10), ("y", 10), ("z", 30)]


def test_file_that_comes_twice_is_read_twice(tmp_path: Path) -> None:
    path = tmp_path / "same.csv"
    path.write_text("a\nx\n", encoding="utf-8")
    files = [InputFile(number, "", str(path), False, ("a",), 1, 1) for number in (1, 2)]
    sql = "select a, {{ of_read_file(['10', '20']) }} from {{ read_lines(file, format, files) }}"
    found = rows_of(sql, file=files[0], files=files, format=Format())
    assert found == [("x", 10), ("x", 20)]


def test_value_of_a_single_file_is_itself() -> None:
    assert rendered("{{ of_read_file(['10']) }}").strip() == "10"
