"""Every macro and template of runner/sql has a given/expect test, found by its name."""

from pathlib import Path

FOLDER = Path(__file__).parent
TESTS = sorted(FOLDER.rglob("*/test_*.py"))
SQL = FOLDER.parents[2] / "runner/sql"
MACROS = sorted([*SQL.glob("macros/*.sql"), *SQL.glob("engines/*/macros/*.sql")])
TEMPLATES = sorted(path for path in SQL.rglob("*.sql") if not {"engines", "macros"} & {*path.parts})


def is_test_of(test: Path, tested: Path) -> bool:
    """Tell whether a test is named for a file, in a folder named for one that holds the file."""
    folders = tested.relative_to(SQL).parts[:-1]
    is_in_folder = test.parent.name in folders and (
        test.parent.name == "macros" or "engines" not in folders
    )
    return test.stem == f"test_{tested.stem}" and is_in_folder


def test_macros_and_templates_have_a_test() -> None:
    assert [
        f"tests/unit/sql/{tested.parent.name}/test_{tested.stem}.py"
        for tested in (*MACROS, *TEMPLATES)
        if not any(is_test_of(test, tested) for test in TESTS)
    ] == []


def test_tests_are_named_for_a_macro_or_template() -> None:
    assert [
        test.relative_to(FOLDER)
        for test in TESTS
        if not any(is_test_of(test, tested) for tested in (*MACROS, *TEMPLATES))
    ] == []
