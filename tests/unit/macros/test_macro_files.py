import re
from pathlib import Path

import pytest

MACROS = sorted((Path(__file__).parents[3] / "macros").glob("*.sql"))


@pytest.mark.parametrize("path", MACROS, ids=lambda path: path.stem)
def test_a_file_holds_the_one_macro_that_it_is_named_for(path):
    first, *others = re.findall(r"{%-? macro (\w+)\(", path.read_text(encoding="utf-8"))
    assert first == path.stem
    # What `adapter.dispatch` takes for an engine.
    assert set(others) <= {f"{engine}__{first}" for engine in ("default", "duckdb", "spark")}


@pytest.mark.parametrize("path", MACROS, ids=lambda path: path.stem)
def test_a_macro_begins_with_what_it_returns(path):
    assert path.read_text(encoding="utf-8").startswith("{#- ")


def test_every_macro_has_a_test():
    tested = {path.stem.removeprefix("test_") for path in Path(__file__).parent.glob("test_*.py")}
    assert {path.stem for path in MACROS} <= tested
