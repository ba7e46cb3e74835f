import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runner.report.printable import printable, printable_lines


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("out/orders_1.csv", "out/orders_1.csv"),
        ("Zoë 日本 [bold]x[/bold]", "Zoë 日本 [bold]x[/bold]"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("a\nerror: b\tc", "a\\nerror: b\\tc"),
        ("\u202efdp.exe", "\\u202efdp.exe"),
        ("\x9b31m\x7f", "\\x9b31m\\x7f"),
        ("caf\udce9", "caf\\udce9"),
        ("a\u2028b\u200bc", "a\\u2028b\\u200bc"),
    ],
)
def test_what_could_rule_a_terminal_is_written_out(text, shown):
    assert printable(text) == shown


@given(st.text())
def test_any_text_becomes_one_printable_line(text):
    shown = printable(text)
    hidden = ("Cc", "Cf", "Cs", "Zl", "Zp")
    assert not [character for character in shown if unicodedata.category(character) in hidden]
    assert len(shown.splitlines()) <= 1
    shown.encode("utf-8")


def test_lines_of_a_message_stay_lines():
    assert printable_lines("a\r\n\tb\n\x1bc") == ["a", "    b", "\\x1bc"]
