"""Lines of the files of one source, as text."""

from pathlib import Path

from runner.compile.import_models import import_models
from runner.compile.input_file import InputFile
from tests.unit.sql.goals import FIND_BY_EMAIL, FIRST


def test_goal_without_files_has_columns_and_no_lines() -> None:
    FIRST.expect("lines.rows", {}, "shift | clean_origin | rows.email | rows.name | line_hash")


def test_lines_are_trimmed_and_know_where_they_stand(tmp_path: Path) -> None:
    files = []
    for number, text in enumerate(("email,name\nann, Ann \n", "NAME,Email\nBob,bob\n"), 1):
        path = tmp_path / f"rows_{number}.csv"
        path.write_text(text, encoding="utf-8")
        header = tuple(text.splitlines()[0].split(","))
        files.append(InputFile(number, path.name, str(path), False, header, 1, 1))
    bench = FIND_BY_EMAIL.workbench
    models = import_models(
        bench.plan, {"rows": tuple(files)}, bench.workspace.project, bench.workspace.library, "b"
    )
    found = bench.execute(
        f"""select "rows.email", "rows.name", clean_origin, shift from ({models["lines.rows"].sql})"""
    ).fetchall()
    assert found == [("ann", "Ann", None, 2**32 + 2), ("bob", "Bob", None, 2 * 2**32 + 1)]


def test_files_of_one_form_are_read_together_in_their_order(tmp_path: Path) -> None:
    texts = ("email,name\na,1\nb,2\n", "email,name\nc,3\n", "name,email\n4,d\n")
    texts += ("email,name,file_index\ne,5,7\n", "email,name,file_index\nf,6,8\n")
    files = []
    for number, text in enumerate(texts, 1):
        path = tmp_path / f"rows_{number}.csv"
        path.write_text(text, encoding="utf-8")
        header = tuple(text.splitlines()[0].split(","))
        records = text.count("\n") - 1
        files.append(InputFile(number, path.name, str(path), False, header, 1, records))
    bench = FIND_BY_EMAIL.workbench
    models = import_models(
        bench.plan, {"rows": tuple(files)}, bench.workspace.project, bench.workspace.library, "b"
    )
    sql = models["lines.rows"].sql
    assert sql.count("read_csv(") == 4
    found = bench.execute(
        f"""select "rows.email", "rows.name", shift + row_number() over () - 1 from ({sql})"""
    ).fetchall()
    assert [row[:2] for row in found] == [*zip("abcdef", "123456", strict=True)]
    places = [(1, 2), (1, 3), (2, 2), (3, 2), (4, 2), (5, 2)]
    assert [row[2] for row in found] == [file * 2**32 + line for file, line in places]
