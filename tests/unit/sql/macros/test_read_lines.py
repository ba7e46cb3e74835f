"""Lines of one staged file as text, by its stated dialect."""

from pathlib import Path

from runner.compile.input_file import InputFile
from runner.definitions.format import Format
from tests.unit.sql.expression import rows_of


def lines(
    folder: Path, text: str, is_clean: bool = False, **stated: object
) -> list[tuple[object, ...]]:
    path = folder / "file.csv"
    path.write_bytes(text.encode())
    file = InputFile(1, "file.csv", str(path), is_clean, ("a", "b"), 1, 1)
    return rows_of(
        "select * from {{ read_lines(file, format) }}", file=file, format=Format(**stated)
    )


def test_nothing_is_guessed_and_all_is_text(tmp_path: Path) -> None:
    assert lines(tmp_path, 'a,b\n007, x \n"1,""2",\n') == [("007", " x "), ('1,"2', None)]


def test_separator_and_quote_are_those_of_the_format(tmp_path: Path) -> None:
    text = "a;b\n'x;y';\"z\n"
    assert lines(tmp_path, text, separator=";", quote="'", escape="'") == [("x;y", '"z')]


def test_file_that_was_read_record_by_record_has_its_line_numbers(tmp_path: Path) -> None:
    assert lines(tmp_path, "12,x,y\n14,z,\n", is_clean=True, separator=";") == [
        (12, "x", "y"),
        (14, "z", None),
    ]
