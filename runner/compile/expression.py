"""SQL that a user wrote in YAML: its columns resolved against the headers of the files.

`customers.email` becomes `"customers.email"`, the name that the column has in the joined
row; a bare column name does too where one file alone has it. What an expression reads is
noted, for content hashes and for sums (R3, R5).
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from runner.compile.column_names import cut_names, is_data, listed_names, separator_hint
from runner.definitions.file_source import reference
from runner.errors import Fault, Location, nearest, unknown
from runner.sql.quoting import quoted_name, unquoted_name

FileColumn = tuple[str, str]
"""A file source and the name of one of its columns, as its header spells it."""

LOCATION = ("_file", "_line")
"""Columns of every source: the path of a line's file, and its number in it (R10)."""

TOKENS = re.compile(
    r"""(?P<skip>'(?:[^']|'')*'|--[^\n]*|/\*.*?\*/|\$\w*\$.*?\$\w*\$|[0-9][\w.]*|::\s*\w+)
    |(?P<name>[^\W\d]\w*|"(?:[^"]|"")*")
    |(?P<other>\s+|.)""",
    re.VERBOSE | re.DOTALL,
)
KEYWORD = re.compile(
    r"""all|and|any|array|as|asc|between|both|by|case|collate|desc|distinct|else|end|except|false
    |for|from|glob|group|having|ilike|in|interval|is|isnull|lambda|leading|like|limit|not|notnull
    |null|on|or|order|select|similar|some|then|to|trailing|true|using|when|where|window|with""",
    re.VERBOSE | re.IGNORECASE,
)
"""Words of an expression that name no column unless they are quoted."""
NAME = re.compile(r'[^\W\d]\w*|"(?:[^"]|"")*"')
BLANK = re.compile(r"\s|--|/\*")
OPERATORS = re.compile(r"[()+*/%|'\"<>={},;]|::|\s-\s|\s(and|or|is|in|as)\s", re.IGNORECASE)


@dataclass(frozen=True)
class Expression:
    """SQL over the joined row."""

    sql: str
    location: Location
    # The columns of files that it reads, also through columns that `set` made.
    columns: frozenset[FileColumn] = frozenset()
    # It is one column of a file and nothing else, so its value is text.
    is_column: bool = False

    @property
    def sources(self) -> frozenset[str]:
        """Return the file sources that it reads."""
        return frozenset(source for source, _ in self.columns)


def _near(name: str, header: Sequence[str]) -> str:
    return "" if is_data(header) else nearest(name, header)


class Scope:
    """The columns that an expression may name: those of the files, and those made by `set`."""

    def __init__(
        self,
        headers: Mapping[str, tuple[str, ...]],
        faults: list[Fault],
        absent: Collection[str] = (),
        files: Mapping[str, Sequence[str]] | None = None,
        default: str = "",
    ) -> None:
        self.headers = headers
        self.faults = faults
        # Sources without a header: every column of theirs is there, without a value.
        self.absent = absent
        # One of them, to which a bare name belongs that no header has; empty for none.
        self.default = default
        # The files of a source, for messages.
        self.files = files or {}
        # A column that a `set` step made, in lower case -> what it was made from.
        self.made: dict[str, Expression] = {}
        self._spelling = {
            source: {name.lower(): name for name in header} for source, header in headers.items()
        }

    def only(self, sources: Collection[str]) -> "Scope":
        """Return the columns of some sources alone; faults are collected with those of this one."""
        headers = {name: self.headers[name] for name in sources}
        empty = [name for name in sources if name in self.absent]
        default = empty[0] if len(sources) == 1 and empty else ""
        files = {name: paths for name, paths in self.files.items() if name in sources}
        return Scope(headers, self.faults, empty, files, default)

    def column(self, source: str, column: str, location: Location) -> FileColumn | None:
        """Return the column as its header spells it; None, and a fault, where it has none."""
        lower = column.strip().lower()
        if source in self.absent:
            return source, lower
        spelled = self._spelling[source].get(lower, lower if lower in LOCATION else None)
        if spelled is None:
            header = self.headers[source]
            self.faults.append(
                Fault(
                    location,
                    f"`{source}` has no column '{column}'.{_near(column, header)}"
                    f" Its columns: {listed_names(header)}{self._files_of(source)}",
                )
            )
            return None
        return source, spelled

    def _files_of(self, source: str) -> str:
        names = list(self.files.get(source, ()))
        more = f" and {len(names) - 3} more" if len(names) > 3 else ""
        return f"; its files: {', '.join(names[:3])}{more}" if names else ""

    def value(self, text: str, location: Location) -> Expression:
        """Resolve what a mapping takes: a column, or else a SQL expression."""
        text = text.strip()
        if text.lower() in self.made:
            return Expression(quoted_name(text), location, self.made[text.lower()].columns)
        split = reference(text)
        if split and split[0] in self.headers and not self._is_expression(split):
            column = self.column(*split, location)
            found = frozenset([column]) if column else frozenset()
            return Expression(joined_name(column or split), location, found, is_column=True)
        if split and self._is_of_no_source(split):
            self.faults.append(Fault(location, unknown("file source", split[0], self.headers)))
            return Expression("null", location)
        owners = self._owners(text)
        if len(owners) == 1:
            return Expression(joined_name(owners[0]), location, frozenset(owners), is_column=True)
        if len(owners) > 1 or re.fullmatch(r"[^\W\d]\w*", text):
            self._bare_fault(text, owners, location)
            return Expression("null", location)
        return self.sql(text, location)

    def _is_of_no_source(self, split: FileColumn) -> bool:
        """Tell whether `source.column` names a source that is not there, nor a struct."""
        name = split[0].lower()
        is_column = name in self.made or any(name in names for names in self._spelling.values())
        is_known = is_column or split[0] in self.headers
        return not is_known and bool(NAME.fullmatch(split[1]))

    def _is_expression(self, split: FileColumn) -> bool:
        if split[1].strip().lower() in self._spelling[split[0]]:
            return False
        return bool(OPERATORS.search(split[1]))

    def _owners(self, name: str) -> list[FileColumn]:
        lower = name.strip('"').lower()
        owners = [
            (source, names[lower]) for source, names in self._spelling.items() if lower in names
        ]
        if not owners and lower in LOCATION:
            return [(source, lower) for source in self._spelling]
        if not owners and self.default and self._may_be_column(name):
            return [(self.default, unquoted_name(name).lower())]
        return owners

    def _may_be_column(self, text: str) -> bool:
        """Tell whether a text may name a column of a file without a header, such as `Order No`."""
        words = text.lower().split()
        if NAME.fullmatch(text) or OPERATORS.search(text):
            return bool(NAME.fullmatch(text))
        known = {name for names in self._spelling.values() for name in names}
        return words[:1] not in ([], ["case"], ["not"]) and known.isdisjoint(words)

    def _bare_fault(self, name: str, owners: list[FileColumn], location: Location) -> None:
        if owners:
            names = ", ".join(f"{source}.{column}" for source, column in owners)
            message = f"'{name}' stands in several files; write one of {names}"
        else:
            known = [*self.made, *(name for header in self.headers.values() for name in header)]
            hint = "".join(sorted({separator_hint(header) for header in self.headers.values()}))
            names = listed_names(known) if is_data(known) else cut_names(sorted(known)) + hint
            message = f"there is no column '{name}'.{_near(name, known)} Known: {names}"
        self.faults.append(Fault(location, message))

    def sql(self, text: str, location: Location) -> Expression:
        """Resolve the columns in a SQL expression; the rest of it stays as it was written."""
        tokens = list(TOKENS.finditer(text))
        own = _parameters(tokens)
        written: list[str] = []
        columns: set[FileColumn] = set()
        position = 0
        while position < len(tokens):
            taken, found = self._qualified(tokens, position, location)
            name = joined_name(found) if found else ""
            if found:
                columns.add(found)
            elif taken == 1 and _is_bare(tokens, position):
                bare = unquoted_name(tokens[position][0])
                name = "" if bare.lower() in own else self._bare(bare, columns, location)
            kept = "".join(item[0] for item in tokens[position : position + taken])
            written.append(name or kept)
            position += taken
        return Expression("".join(written), location, frozenset(columns))

    def _qualified(
        self, tokens: list[re.Match[str]], position: int, location: Location
    ) -> tuple[int, FileColumn | None]:
        """Resolve `source.column` at a position; returns the tokens it takes."""
        part = tokens[position : position + 3]
        if len(part) < 3 or not part[0]["name"] or part[1][0] != "." or not part[2]["name"]:
            return 1, None
        source, column = unquoted_name(part[0][0]), unquoted_name(part[2][0])
        if source not in self.headers:
            return 3, None
        return 3, self.column(source, column, location)

    def _bare(self, name: str, columns: set[FileColumn], location: Location) -> str:
        """Resolve a bare name: one that `set` made, or a file's column; else an empty text."""
        if name.lower() in self.made:
            columns |= self.made[name.lower()].columns
            return quoted_name(name)
        owners = self._owners(name)
        if len(owners) > 1:
            self._bare_fault(name, owners, location)
        columns.update(owners[:1])
        return joined_name(owners[0]) if owners else ""


def _is_bare(tokens: list[re.Match[str]], position: int) -> bool:
    """Tell whether a token can be a column: no word of SQL, function, type, unit or alias."""
    name = tokens[position]["name"]
    if not name or KEYWORD.fullmatch(name):
        return False
    before = [item for item in tokens[:position] if not BLANK.match(item[0])][-2:]
    after = next((item[0] for item in tokens[position + 1 :] if not BLANK.match(item[0])), "")
    is_part = [item[0].lower() for item in before] == ["extract", "("]
    return not (is_part or after[:1] in ("(", "'") or (before and _ends_value(before[-1])))


def _ends_value(token: re.Match[str]) -> bool:
    """Tell whether a value or a name ends here, so that no column can follow."""
    is_word = token["name"] and not KEYWORD.fullmatch(token[0])
    return bool(is_word or token["skip"] or token[0] in (")", "]", ".") or token[0].lower() == "as")


def _parameters(tokens: list[re.Match[str]]) -> set[str]:
    """Return the names that lambdas give to their parameters, in lower case."""
    names: set[str] = set()
    is_open = False
    for token in tokens:
        is_open = (is_open or token[0].lower() == "lambda") and token[0] != ":"
        if is_open and token["name"]:
            names.add(unquoted_name(token[0]).lower())
    return names


def joined_name(column: FileColumn) -> str:
    """Return the quoted name that a file's column has in the joined row."""
    return quoted_name(f"{column[0]}.{column[1]}")
