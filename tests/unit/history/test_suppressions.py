"""The list of people who may not be imported, and the hashes of it (C2)."""

import stat
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import jinja2
import pytest

from runner.engine.duckdb.statement import statement
from runner.errors import RunnerError
from runner.history.suppressions import Suppressed, Suppressions, normalized, value_hash
from runner.sql import read_sql

NOW = datetime(2026, 1, 2, tzinfo=UTC)
VALUES = (
    "jan@x.nl",
    " JAN@x.NL ",
    "Aa1",
    " a|b ",
    "\tA@\u00c9\u0130.nl\u00a0",
    '["Jan","a@b"]',
    "ß@x",
    "x'y",
)


def entry(identifier: str, hashed: str, person: str = "p", reason: str = "suppress") -> Suppressed:
    return Suppressed(identifier, hashed, person, reason, "r1", NOW)


@pytest.mark.parametrize("value", VALUES)
def test_engine_and_list_make_the_same_hash(value: str) -> None:
    source = read_sql()["engines/duckdb/macros/suppression_hash.sql"]
    module = jinja2.Environment(undefined=jinja2.StrictUndefined).from_string(source).module
    expression = module.suppression_hash("'card'", "held.value")  # type: ignore[attr-defined]
    with duckdb.connect() as connection:
        connection.execute("set variable suppression_salt = 'ab12'")
        connection.execute(statement("erasure.normalized"))
        held = "from (select cast(? as varchar) as value) as held"
        query = f"select {expression}, normalized(held.value) {held}"
        assert connection.execute(query, [value]).fetchone() == (
            value_hash("ab12", "card", value),
            normalized(value),
        )


def test_case_counts_but_in_addresses() -> None:
    assert normalized(" Jan@X.nl ") == "jan@x.nl"
    assert normalized(" Ab1 ") == "Ab1"


def test_list_is_kept_and_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "target" / "suppressed.db"
    with Suppressions(path) as suppressions:
        salt = suppressions.salt
        suppressions.add([entry("email", "1"), entry("card", "2"), entry("email", "3", "q")])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with Suppressions(path) as suppressions:
        assert suppressions.salt == salt
        assert len(salt) == 64
        assert [item.value_hash for item in suppressions.all()] == ["2", "1", "3"]
        assert suppressions.lift(["p"]) == 2
        assert suppressions.all() == (entry("email", "3", "q"),)


def test_forgetting_outweighs_suppressing(tmp_path: Path) -> None:
    with Suppressions(tmp_path / "suppressed.db") as suppressions:
        suppressions.add([entry("email", "1")])
        suppressions.add([entry("email", "1", "other", "forget")])
        suppressions.add([entry("email", "1", "third")])
        (kept,) = suppressions.all()
        assert (kept.reason, kept.person) == ("forget", "p")


def test_damaged_list_is_told(tmp_path: Path) -> None:
    path = tmp_path / "suppressed.db"
    path.write_text("this is no database, and long enough not to be taken for an empty one")
    with pytest.raises(RunnerError, match="cannot be used"):
        Suppressions(path)
