"""Only values that parsed count (R6)."""

from types import SimpleNamespace

from runner.definitions.profile_property import Property
from tests.unit.sql.expression import rows_of

COUNT = "select count(*) {{ where_parsed(item) }} from (values ('x', null), (null, 1)) as t(rejected, value)"


def counted(kind: str) -> object:
    item = SimpleNamespace(declared=Property(type=kind), rejected="rejected")
    return rows_of(COUNT, item=item)[0][0]


def test_text_that_did_not_parse_is_left_out() -> None:
    assert counted("integer") == 1


def test_text_always_parses() -> None:
    assert counted("text") == 2
