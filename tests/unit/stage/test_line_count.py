import re

from hypothesis import given
from hypothesis import strategies as st

from runner.stage import line_count
from runner.stage.line_count import LineCount, LineCounter
from runner.stage.text_window import line_count_of


def counted(*chunks):
    counter = LineCounter()
    for chunk in chunks:
        counter.update(chunk)
    return counter.counted()


def test_lines_end_in_lf_crlf_cr_or_with_the_file():
    assert counted(b"a\nb\r\nc\rd") == LineCount(lines=4, line_feeds=1, pairs=1, returns=1, nuls=0)


def test_nothing_has_no_lines():
    assert counted() == LineCount()
    assert counted(b"").lines == 0


def test_crlf_across_two_chunks_is_one_line_end():
    assert counted(b"a\r", b"\nb\r\n") == counted(b"a\r\nb\r\n")


def test_uniform_means_all_lf_or_all_crlf_without_nul():
    assert counted(b"a\nb\n").is_uniform
    assert counted(b"a\r\nb\r\n").is_uniform
    assert not counted(b"a\nb\r\n").is_uniform
    assert not counted(b"a\rb\n").is_uniform
    assert not counted(b"a\0b\n").is_uniform


def test_control_characters_are_counted_wherever_chunks_are_cut():
    assert counted(b"a\xc2\x80\xc2", b"\x9f\xc2\xa0", b"\xc2", b"\x85\n").controls == 3
    assert counted("é€\n".encode()).controls == 0


def test_positions_of_lines_are_noted_at_a_distance(monkeypatch):
    """Where a line begins, wherever chunks are cut; a line longer than the distance has none."""
    monkeypatch.setattr(line_count, "SPACING", 5)
    assert counted(b"ab\ncd\ne", b"fgh\nij\n", b"klmno", b"pqrst\nu").line_starts == (
        (6, 2),
        (14, 4),
        (25, 5),
    )
    assert counted(b"ab\ncd\n") == counted(b"ab\n", b"cd\n")


def test_bytes_that_are_not_utf_8_are_not_uniform_wherever_chunks_are_cut():
    assert counted(b"Z\xc3", b"\xab, \xe2", b"\x82", b"\xac\n").is_uniform
    assert not counted(b"Berl\xedn\n").is_uniform
    assert not counted(b"Z\xc3", b"a\xab\n").is_uniform
    assert not counted(b"a\n\xe2\x82").is_uniform


@given(st.lists(st.text("a\r\n\0").map(str.encode)))
def test_chunks_do_not_matter_and_text_counts_alike(chunks):
    whole = b"".join(chunks)
    assert counted(*chunks) == counted(whole)
    ends = len(re.findall(rb"\r\n|\r|\n", whole))
    is_open = bool(whole) and not whole.endswith((b"\r", b"\n"))
    assert counted(whole).lines == ends + is_open == line_count_of(whole.decode())


def test_marks_at_the_beginning_of_later_lines_are_seen_wherever_chunks_end():
    text = "a\n\ufeffb\nc\ufeff\n\ufeff".encode()
    for cut in range(len(text) + 1):
        assert counted(text[:cut], text[cut:]).marks == 2
    assert counted(*(bytes([byte]) for byte in text)).marks == 2
    assert not counted(text).is_uniform
    assert counted("\ufeffa\nb\n".encode()).is_uniform
