"""The first line of an exported file (X3)."""

import pytest

from runner.compile.export_dialect import header_line
from runner.definitions.format import ExportFormat
from tests.unit.sql.expression import value_of

HEADERS = (
    *("=1+1", "-1", "@a", "\uff1d1", "﹣1", "−1", "⁺1", "\ta", "\na", "\ufeff=1", "\u3000@a"),
    *("\u200b\u2060+1", "\u115f=1", "\x00=1", "\ufe0f=1", "E-mail", " a", "", "\ufeffa", "'=1"),
)


@pytest.mark.parametrize("header", HEADERS)
def test_header_is_made_harmless_as_values_are(header: str) -> None:
    made = header_line((header,), ExportFormat(quoting="all"), is_harmless=True)
    assert made[1:-1] == value_of("{{ format_harmless('value') }}", header)
    assert header_line((header,), ExportFormat(quoting="all"))[1:-1] == header
