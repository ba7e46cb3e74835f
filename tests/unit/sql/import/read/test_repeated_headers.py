"""Whether a line may be the header once more."""

from runner.compile.import_models import import_models
from runner.compile.input_file import InputFile
from tests.unit.sql.goals import FIND_BY_EMAIL, FIRST


def test_goal_without_files_has_no_header() -> None:
    FIRST.expect("repeated_headers.rows", {}, "may_repeat\nfalse")


def test_line_of_column_names_may_be_a_header() -> None:
    file = InputFile(1, "a", "a", False, ("email", "name"), 1, 1, ("E-Mail", "name"))
    bench = FIND_BY_EMAIL.workbench
    models = import_models(
        bench.plan, {"rows": (file,)}, bench.workspace.project, bench.workspace.library, "b"
    )
    model = models["repeated_headers.rows"]
    for email, name, origin, expected in (
        ("E-MAIL", "Name", None, True),
        ("e-mail", "Ann", None, False),
        ("e-mail", "name", 5, False),
    ):
        relation = bench.models["lines.rows"].relation
        bench.execute(
            f"""insert into {relation} ("rows.email", "rows.name", clean_origin) values (?, ?, ?)""",
            [email, name, origin],
        )
        assert bench.execute(model.sql).fetchall() == [(expected,)]
        bench.execute(f"delete from {relation}")
