"""One clean table, and files that differ from it by one change each, as suites for CSV loaders do."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

CLEAN = {
    str(number): (name, city, amount)
    for number, (name, city, amount) in enumerate(
        [
            ("Anna", "Delft", "1.50"),
            ("Bert, the elder", "The Hague", "2.50"),
            ("Cl\u00e9o", None, "3.50"),
            ('Dora "Do"', "Leiden", "4.50"),
            ("Eve", "Delft; south", "5.50"),
            ("O'Neill", "Cork", "6.50"),
            ("Gus the second", "Gouda", "7.50"),
            ("Hal", "", "8.50"),
            ("Ida", "Delft", "9.50"),
            ("Jan", "Delft", "10.50"),
        ],
        1,
    )
}
"""Id -> name, city, amount; an empty city is none."""

HEADER = ("id", "name", "city", "amount")


@dataclass(frozen=True)
class Pollution:
    """A file that differs from the clean table by one change, and what that costs."""

    name: str
    data: bytes
    # As `format` states it.
    stated: dict[str, Any] = field(default_factory=dict)
    # Ids whose line cannot be read: each is set aside.
    lost: tuple[str, ...] = ()
    # Records set aside that are none of the table's: footnotes and the like.
    strange: int = 0
    # Ids of the table that the file has at all; all where it is none.
    sent: tuple[str, ...] | None = None
    # Id -> what its row is here instead of that of the table.
    instead: dict[str, tuple[str, str | None, str]] = field(default_factory=dict)


def lines(
    separator: str = ",", quote: str = '"', escape: str | None = None, end: str = "\n"
) -> list[str]:
    """Write the clean table: the header and a record each, with their ends."""
    escape = quote if escape is None else escape

    def written(value: str) -> str:
        if quote and any(mark in value for mark in (separator, quote, "\n", "\r")):
            inner = value.replace("\\", "\\\\") if escape == "\\" else value
            return quote + inner.replace(quote, escape + quote) + quote
        return value

    table = [HEADER, *((number, *row) for number, row in CLEAN.items())]
    return [separator.join(written(value or "") for value in row) + end for row in table]


def _changed(number: int, *pairs: tuple[str, str]) -> bytes:
    """Return the table with something else in the record of one id (0 is the header)."""
    table = lines()
    for old, new in pairs:
        assert old in table[number]
        table[number] = table[number].replace(old, new, 1)
    return "".join(table).encode()


def pollutions() -> Iterator[Pollution]:
    """Give all files; the names are unique."""
    yield Pollution("clean", "".join(lines()).encode())
    yield from _whole_files()
    yield from _dialects()
    yield from _encodings()
    yield from _rows()
    yield from _characters()
    yield from _around()


def _whole_files() -> Iterator[Pollution]:
    table = lines()
    yield Pollution("empty file", b"", sent=(), stated={"header": list(HEADER)})
    yield Pollution("header only", table[0].encode(), sent=())
    yield Pollution("header only, no line end", table[0].rstrip().encode(), sent=())
    yield Pollution("one row", "".join(table[:2]).encode(), sent=("1",))
    yield Pollution("no last line end", "".join(table).rstrip("\n").encode())
    yield Pollution("two last line ends", "".join([*table, "\n"]).encode())
    yield Pollution("many last line ends", "".join([*table, "\n" * 20]).encode())
    yield Pollution("no header", "".join(table[1:]).encode(), {"header": list(HEADER)})
    other = "Kunden-Nr;Name;Ort\n"
    stated = {"header": list(HEADER), "skip_lines": 1}
    yield Pollution("header of another dialect", "".join([other, *table[1:]]).encode(), stated)
    stated = {"header": list(HEADER), "skip_lines": 2}
    two = "id,name,home,\n,,city,amount\n"
    yield Pollution("header of two rows", "".join([two, *table[1:]]).encode(), stated)
    reordered = [line.rstrip("\n") for line in table]
    yield Pollution("blanks in the header", _changed(0, (",name,", ", name\t,")))
    yield Pollution("upper case in the header", _changed(0, ("id,name", "ID,Name")))
    yield Pollution("a header that is quoted", _changed(0, ("id,name", '"id","name"')))
    ended = "\n".join(line + "," for line in reordered) + "\n"
    yield Pollution("a separator after each row", ended.encode())
    rows = [line.replace("\n", ",\n") for line in table[1:]]
    yield Pollution(
        "a separator after each row but the header", "".join([table[0], *rows]).encode()
    )
    rows[8] = "9,IdaDelft,9.50,\n"
    data = "".join([table[0], *rows]).encode()
    yield Pollution("a separator less where each row ends in one", data, lost=("9",))
    yield Pollution("a separator after the header alone", _changed(0, ("amount", "amount,")))


def _dialects() -> Iterator[Pollution]:
    for separator in (";", "\t", "|", ", ", " ", "::", "\u00a7", "~^~", ":", "\x1f"):
        data = "".join(lines(separator)).encode()
        yield Pollution(f"separator {separator!r}", data, {"separator": separator})
    for quote in ("'", '"'):
        for escape in (quote, "\\"):
            for separator in (",", ";"):
                data = "".join(lines(separator, quote, escape)).encode()
                stated = {"quote": quote, "escape": escape, "separator": separator}
                yield Pollution(f"quote {quote} escape {escape} between {separator}", data, stated)
    bare = lines("\t", "")
    stated = {"separator": "\t", "quote": ""}
    yield Pollution("no quotes", "".join(bare).encode(), stated)
    escaped = [line.replace("Bert, the", "Bert\\, the") for line in lines("\t", "")]
    data = "".join(escaped).replace("\t", ",").encode()
    stated = {"quote": "", "escape": "\\"}
    yield Pollution("backslash outside quotes", data, stated)
    for name, end in (("CR", "\r"), ("CRLF", "\r\n")):
        yield Pollution(f"line ends {name}", "".join(lines(end=end)).encode())
    mixed = [line[:-1] + ("\n", "\r\n", "\r")[n % 3] for n, line in enumerate(lines())]
    yield Pollution("line ends mixed", "".join(mixed).encode())
    quoted = [
        ",".join(f'"{value}"' for value in line.rstrip("\n").split(",")) + "\n"
        if '"' not in line
        else line
        for line in lines()
    ]
    yield Pollution("everything quoted", "".join(quoted).encode())


def _encodings() -> Iterator[Pollution]:
    text = "".join(lines())
    for encoding in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252",
                     "latin-1", "cp850", "mac-roman"):  # fmt: skip
        yield Pollution(f"encoding {encoding}", text.encode(encoding), {"encoding": encoding})
    yield Pollution("a mark before UTF-8 that is not stated", text.encode("utf-8-sig"))
    wrong = text.replace("Cl\u00e9o", "Cl\udce9o").encode("utf-8", "surrogateescape")
    yield Pollution("a line of another encoding", wrong, lost=("3",))
    wrong = text.replace("Eve", "E\udcffe").encode("utf-8", "surrogateescape")
    yield Pollution("a bad byte", wrong, lost=("5",))
    yield Pollution("a NUL", text.replace("Ida", "I\0a").encode(), lost=("9",))
    wrong = text.replace("Gus the second", '"Gus\nthe\udcff"').encode("utf-8", "surrogateescape")
    yield Pollution("a bad byte in the second line of a record", wrong, lost=("7",))


def _rows() -> Iterator[Pollution]:
    yield Pollution("a separator less", _changed(1, ("Anna,", "Anna")), lost=("1",))
    yield Pollution("a separator less at the end", _changed(10, (",10.50", "")), lost=("10",))
    yield Pollution("a separator more", _changed(1, ("Anna", "An,na")), lost=("1",))
    yield Pollution("an empty field more", _changed(9, ("9,Ida", "9,,Ida")), lost=("9",))
    yield Pollution("a separator more at the end", _changed(10, ("10.50", "10.50,")), lost=("10",))
    data = _changed(9, ("Ida,Delft,9.50", ",Ida,Delft,"))
    yield Pollution("a separator more and no last value", data, lost=("9",))
    data = _changed(9, ("Ida,Delft,9.50", ',"Ida",Delft,""'))
    yield Pollution("a separator more and no last value in quotes", data, lost=("9",))
    for separator in (";", "\t", " ", "|"):
        data = _changed(9, ("9,Ida,Delft,9.50", separator.join(["9", "Ida", "Delft", "9.50"])))
        yield Pollution(f"a row separated by {separator!r}", data, lost=("9",))
    yield Pollution("quotes of one row lost", _changed(2, ('"', ""), ('"', "")), lost=("2",))
    data = _changed(2, ('"', "'"), ('"', "'"))
    yield Pollution("a row in other quotes", data, lost=("2",))
    yield Pollution("text after a quote", _changed(9, ("Ida", '"Ida" x')), lost=("9",))
    yield Pollution("a quote that is not closed", _changed(9, ("Ida", '"Ida')), lost=("9",))
    yield Pollution(
        "a quote not closed at the end", _changed(10, ("10.50", '"10.50')), lost=("10",)
    )
    table = lines()
    table[9:] = ['9,Ida,Delft,"9.50\n', '10"Jan,x,Delft,10.50\n']
    yield Pollution("a quote that closes in the line below", "".join(table).encode(),
                    lost=("9", "10"))  # fmt: skip
    yield Pollution("a quote too many", _changed(9, ("Ida", '""Ida"')), lost=("9",))
    yield Pollution("a quote of two not doubled", _changed(4, ('""Do', '"Do')), lost=("4",))
    yield Pollution("blanks around a quoted value", _changed(2, (',"', ', "'), ('",', '" ,')))
    yield Pollution("blanks around values", _changed(9, (",Ida,Delft,", ", Ida ,\tDelft , ")))
    table = lines()
    yield Pollution("a blank line between", "".join([*table[:3], "\n", *table[3:]]).encode())
    yield Pollution("a record of two lines", _changed(7, ("Gus the second", '"Gus\nthe second"')),
                    instead={"7": ("Gus\nthe second", "Gouda", "7.50")})  # fmt: skip
    yield Pollution("a quote inside a value", _changed(9, ("Ida", 'I"d"a')),
                    instead={"9": ('I"d"a', "Delft", "9.50")})  # fmt: skip
    yield Pollution("a line of blanks", "".join([*lines()[:3], "  \t\n", *lines()[3:]]).encode())
    data = "".join([*lines()[:3], ",,,\n", *lines()[3:]]).encode()
    yield Pollution("a line of separators", data, strange=0)
    yield Pollution("the header again", "".join([*lines()[:5], *lines()[:1], *lines()[5:]]).encode(),
                    strange=1)  # fmt: skip


def _characters() -> Iterator[Pollution]:
    """Characters that some readers take for the end of a line, for a blank, or for a mark."""
    table = lines()
    odd = "I\u2028d\u2029\x85\x0b\x0c\x1c\x1e\u200ba"
    yield Pollution("line ends of Unicode inside a value", _changed(9, ("Ida", odd)),
                    instead={"9": (odd, "Delft", "9.50")})  # fmt: skip
    yield Pollution("a CR inside a quoted value", _changed(9, ("Ida", '"I\rda"')),
                    instead={"9": ("I\rda", "Delft", "9.50")})  # fmt: skip
    yield Pollution("line ends CR CR LF", "".join(lines(end="\r\r\n")).encode())
    marked = "\ufeff".join(["".join(table[:5]), table[0] + "".join(table[5:])])
    yield Pollution("two files in one, each with a mark and a header", marked.encode(), strange=1)
    text = "".join(table)
    cut = text.encode("utf-16-le")[:-1]
    yield Pollution("UTF-16 that is cut in a character", cut, {"encoding": "utf-16-le"},
                    lost=("10",))  # fmt: skip
    sep = "sep=,\n" + text
    yield Pollution("the line sep= of a spreadsheet", sep.encode(), {"skip_lines": 1})
    decomposed = _changed(3, ("Cl\u00e9o", "Cle\u0301o \U0001f600"))
    yield Pollution("letters of several code points", decomposed,
                    instead={"3": ("Cle\u0301o \U0001f600", None, "3.50")})  # fmt: skip
    equals = _changed(9, ("Ida", '="Ida"'))
    yield Pollution("a formula of a spreadsheet", equals,
                    instead={"9": ('="Ida"', "Delft", "9.50")})  # fmt: skip


def _around() -> Iterator[Pollution]:
    table = "".join(lines())
    yield Pollution("lines before the header", b"Export, 2024\n\"x\n" + table.encode(),
                    {"skip_lines": 2})  # fmt: skip
    yield Pollution("blank lines before the header", b"\n\n" + table.encode())
    yield Pollution("a footnote", (table + "10 rows\n").encode(), strange=1)
    yield Pollution("a total", (table + "Total,,\n").encode(), strange=1)
    wide = "\nsku,price,stock,shop,place\nA1,5,1,x,y\n"
    yield Pollution("a wider table below", (table + wide).encode(), strange=2)
    yield Pollution("a narrower table below", (table + "\nsku,price\nA1,5\n").encode(), strange=2)
    long = "9,Ida,Delft,9.50" + " " * 2_100_000
    yield Pollution("a line too long", _changed(9, ("9,Ida,Delft,9.50", long)), lost=("9",))
    yield Pollution("an end of file mark", (table + "\x1a").encode(), strange=1)
