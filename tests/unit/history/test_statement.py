"""Every statement of the history is called, and every one that is called exists."""

import re
from importlib.resources import files
from pathlib import Path

from runner.history.statement import macros, statement

HISTORY = Path(str(files("runner.history")))
CALLED = re.compile(r"""(?:statement|_run|_read)\(\s*["']([^"']+)["']""")


def known() -> set[str]:
    return {
        f"{path.stem}.{name}"
        for path in (HISTORY / "statements").glob("*.sql")
        for name in macros(path.stem)
        if not name.startswith("_")
    }


def called(text: str) -> set[str]:
    return set(CALLED.findall(text))


def test_statements_that_are_called_are_those_that_exist() -> None:
    text = "".join(path.read_text("utf-8") for path in HISTORY.glob("*.py"))
    assert called(text) == known()
    assert all(statement(name) for name in known())


def test_a_name_that_is_wrong_is_found() -> None:
    assert called('self._run("builds.ad", build)') - known() == {"builds.ad"}
