"""The list of people who may not be imported, and the hashes of it (C2)."""

import stat
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from runner.definitions.identifier_text import address_text, identifier_text
from runner.engine.statement import statement
from runner.errors import RunnerError
from runner.history.suppressions import Suppressed, Suppressions, value_hash
from tests.unit.sql.expression import rendered

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
    "jose\u0301@x.nl",
    "a\u0327\u0301",
    "\u200bAnn\u2060 L\u202fee\u3000",
    "Ann <A@x.nl> (home)",
    "mailto: A@x.nl?cc=b@x.nl",
    "\u1100\u1161",
    "a\n\u2028",
    "\x85x\x85y",
    "\u0130\u03a3@\u03a3",
    "",
    "!",
)


def entry(identifier: str, hashed: str, person: str = "p", reason: str = "suppress") -> Suppressed:
    return Suppressed(identifier, hashed, person, reason, "r1", NOW)


@pytest.mark.parametrize("value", VALUES)
def test_engine_and_list_compare_a_value_in_the_same_form(value: str) -> None:
    made = [
        rendered("{{ suppression_hash(\"'card'\", 'value') }}"),
        *(rendered(f"{{{{ {name}('value') }}}}") for name in ("identifier_text", "address_text")),
        "identifier_text(value)",
        "address_text(value)",
    ]
    with duckdb.connect() as connection:
        connection.execute("set variable suppression_salt = 'ab12'")
        connection.execute(statement("duckdb", "identifiers.text_functions"))
        query = f"select {', '.join(made)} from (select cast(? as varchar) as value) as held"
        texts = (identifier_text(value), address_text(value))
        expected = (value_hash("ab12", "card", value), *texts, *texts)
        assert connection.execute(query, [value]).fetchone() == expected


@pytest.mark.parametrize(
    ("written", "same"),
    [
        (" Jan@X.nl ", "jan@x.nl"),
        ("mailto:Jan@x.nl?subject=hi", "jan@x.nl"),
        ("Jan Smit <jan@x.nl>", "jan@x.nl"),
        ("<jan@x.nl>", "jan@x.nl"),
        ("jan@\u200bx.nl\ufeff", "jan@x.nl"),
        ("jose\u0301@x.nl", "jos\u00e9@x.nl"),
        ("JOS\u00c9@x.nl", "jos\u00e9@x.nl"),
        ("\u3000Ab1\u00a0", "Ab1"),
        ("a\u00a0b", "a b"),
        (" Ab1\r\n", "Ab1"),
    ],
)
def test_spellings_of_a_value_are_one_and_case_counts_but_in_addresses(
    written: str, same: str
) -> None:
    assert address_text(written) == same


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
