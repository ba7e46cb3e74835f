"""Only values that parsed count (R6)."""

from types import SimpleNamespace

from tests.unit.sql.expression import rows_of

COUNT = "select count(*) {{ where_parsed(item) }} from (values ('x', null), (null, 1)) as t(rejected, value)"


def counted(may_be_rejected: bool) -> object:
    item = SimpleNamespace(may_be_rejected=may_be_rejected, rejected="rejected")
    return rows_of(COUNT, item=item)[0][0]


def test_text_that_did_not_parse_is_left_out() -> None:
    assert counted(True) == 1


def test_text_that_always_parses_counts() -> None:
    assert counted(False) == 2
