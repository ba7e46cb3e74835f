"""A list of texts."""

import pytest

from tests.unit.sql.expression import values_of


@pytest.mark.parametrize(("texts", "found"), [(["'a'", "null", "one"], ["a", None, "x"]), ([], [])])
def test_list_holds_each_text_and_may_be_empty(texts, found) -> None:
    assert values_of("{{ text_list(texts) }}", "select 'x' as one", texts=texts) == [found]
