import io

from rich.text import Text

from runner.report.terminal import has_bars, open_console, print_indented
from tests.unit.report.samples import memory_console


def test_markup_emoji_codes_and_numbers_are_shown_as_they_are():
    console, shown = memory_console(is_terminal=True, use_colors=True)
    console.print("[red]x[/red] :smile: 12 'a'")
    assert shown() == "[red]x[/red] :smile: 12 'a'\n"


def test_colours_need_a_terminal():
    for is_terminal, use_colors, expected in (
        (True, True, "\x1b[31mx\x1b[0m\n"),
        (True, False, "x\n"),
        (False, True, "x\n"),
    ):
        console, shown = memory_console(is_terminal, use_colors)
        console.print(Text("x", "red"))
        assert shown() == expected


def test_no_color_in_the_environment_takes_away_bold_too(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    console, shown = memory_console(is_terminal=True, use_colors=True)
    console.print(Text("x", "bold red"))
    assert shown() == "x\n"


def test_an_empty_no_color_counts_as_unset(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "")
    console, shown = memory_console(is_terminal=True, use_colors=True)
    console.print(Text("x", "red"))
    assert "\x1b[31m" in shown()


def test_bars_need_a_terminal_that_can_draw_again(monkeypatch):
    assert has_bars(memory_console(is_terminal=True)[0])
    assert not has_bars(memory_console(is_terminal=False)[0])
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert not has_bars(memory_console(is_terminal=False)[0])
    monkeypatch.setenv("TERM", "dumb")
    assert not has_bars(memory_console(is_terminal=True)[0])


def test_no_color_goes_before_force_color(monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    console, shown = memory_console(is_terminal=False, use_colors=True)
    console.print(Text("x", "red"))
    assert "\x1b[31m" in shown()
    monkeypatch.setenv("NO_COLOR", "1")
    console, shown = memory_console(is_terminal=False, use_colors=True)
    console.print(Text("x", "red"))
    assert shown() == "x\n"


def test_dumb_terminal_has_neither_bars_nor_colours(monkeypatch):
    monkeypatch.setenv("TERM", "dumb")
    console, shown = memory_console(is_terminal=True, use_colors=True)
    console.print(Text("x", "bold red"))
    assert shown() == "x\n"
    assert not has_bars(console)


def test_a_character_that_the_stream_lacks_is_written_out():
    raw = io.BytesIO()
    with io.TextIOWrapper(raw, encoding="ascii") as stream:
        open_console(stream).print("Zoë")
        stream.flush()
        assert raw.getvalue() == b"Zo\\xeb\n"


def test_text_is_wrapped_between_words_on_a_terminal_only():
    text = Text("word " * 20 + "\nsecond")
    console, shown = memory_console(is_terminal=True)
    print_indented(console, text, 4)
    assert shown() == f"    {'word ' * 14}word\n      word word word word word\n      second\n"
    console, shown = memory_console()
    print_indented(console, text, 4)
    assert shown() == f"    {('word ' * 20).rstrip()}\n      second\n"
