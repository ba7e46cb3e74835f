"""Lines of the files of one source, as text."""

from pathlib import Path

from runner.compile.import_models import InputFile, import_models
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
