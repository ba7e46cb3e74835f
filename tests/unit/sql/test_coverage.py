"""Every macro and template of runner/sql has a given/expect test, found by its name."""

from pathlib import Path

import pytest

FOLDER = Path(__file__).parent
TESTS = sorted(FOLDER.rglob("*/test_*.py"))
SQL = FOLDER.parents[2] / "runner/sql"
MACROS = sorted(SQL.glob("engines/*/macros/*.sql"))
TEMPLATES = sorted(path for path in SQL.rglob("*.sql") if "engines" not in path.parts)


def label(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def is_test_of(test: Path, tested: Path) -> bool:
    """Tell whether a test is named for a file, in a folder named for one that holds the file."""
    folders = tested.relative_to(SQL).parts[:-1]
    is_in_folder = test.parent.name in folders and (
        test.parent.name == "macros" or "engines" not in folders
    )
    return test.stem == f"test_{tested.stem}" and is_in_folder


@pytest.mark.parametrize("tested", [*MACROS, *TEMPLATES], ids=label)
def test_macro_and_template_have_a_test(tested: Path) -> None:
    name = f"tests/unit/sql/{tested.parent.name}/test_{tested.stem}.py"
    assert any(is_test_of(test, tested) for test in TESTS), f"write {name}"


@pytest.mark.parametrize("test", TESTS, ids=label)
def test_test_is_named_for_a_macro_or_template(test: Path) -> None:
    assert any(is_test_of(test, tested) for tested in (*MACROS, *TEMPLATES)), (
        f"no folder {test.parent.name} below runner/sql holds {test.stem.removeprefix('test_')}.sql"
    )
