"""Every macro and template of runner/sql has a given/expect test, found by its name."""

from pathlib import Path

FOLDER = Path(__file__).parent
TESTS = sorted(FOLDER.rglob("*/test_*.py"))
SQL = FOLDER.parents[2] / "runner/sql"
MACROS = sorted([*SQL.glob("macros/*.sql"), *SQL.glob("engines/duckdb/macros/*.sql")])
SPARK = sorted(SQL.glob("engines/spark/macros/*.sql"))
ONLY_DUCKDB = {"of_read_file", "read_lines", "read_offset", "read_rejects"}
"""Macros that Spark lacks: files are read beside it, and `parse_datetime` reads offsets."""
PARTS = {
    "format_moment",
    "json_of_texts",
    "session_value",
    "upper_escapes",
    "utc_of",
    "uuid_of",
}
"""Macros of Spark that its other macros are made of."""
CALLED = {"engines", "macros", "strategies"}
"""Folders of what templates call; the tests of the macros that call a strategy try each of them."""
TEMPLATES = sorted(path for path in SQL.rglob("*.sql") if not CALLED & {*path.parts})


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


def test_spark_has_the_macros_of_duckdb() -> None:
    of_duckdb = {path.stem for path in MACROS if "duckdb" in path.parts}
    of_spark = {path.stem for path in SPARK}
    assert of_duckdb - of_spark == ONLY_DUCKDB
    assert of_spark - of_duckdb == PARTS
