"""A proposal as YAML, with what was found and what should be checked as comments."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from textwrap import wrap

from runner.errors import counted
from runner.propose.column import Column
from runner.propose.file_columns import FileColumns
from runner.propose.proposal import Link, Proposal, Source

PLAIN = re.compile(r"[A-Za-z_./*][\w ./*-]*[\w./*]|[A-Za-z_]")
"""A text that YAML reads as it is."""
WORDS = frozenset(("true", "false", "yes", "no", "on", "off", "null", "y", "n"))
EXPRESSION = re.compile(r"[^\w .-]|\s(and|or|is|in|as)\s", re.IGNORECASE)
"""Signs of a name that an expression would read as its own."""
WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
WIDTH = 96
HASH_WIDTH = 82


def goal_yaml(proposal: Proposal) -> str:
    """Return the goal as an item of the list `goals`."""
    lines = [
        *_comments(proposal.notes, ""),
        f"- name: {proposal.name}",
        "  kind: import_profiles",
        "  files:",
    ]
    main, *chained = proposal.sources
    lines.append(f"    {main.name}: {{path: {_text(main.pattern)}}}")
    lines += _comments(_lines_said(main), "    ")
    for source in chained:
        lines += _chained(source, main)
    lines += [f"  {line}" for line in _format(main)]
    lines += ["  identify:", "    create_profiles: true", "    by:"]
    lines += [f"      {line}" for line in _identified(proposal)]
    lines.append("  map:")
    keys = {id(column) for _, column in proposal.identifiers}
    mapped = [(source, column) for source, column in proposal.mapped() if id(column) not in keys]
    for source, column in mapped:
        lines += _comments(column.notes, "    ")
        lines.append(f"    {column.name}: {_mapping(source, column)}")
    if not mapped:
        lines[-1] = "  map: {}"
    return "\n".join(lines) + "\n"


def _identified(proposal: Proposal) -> Iterator[str]:
    """Give the items of `by`: columns, each alone or all together, or a hash of the record."""
    named = [
        f"{column.name}: {_text(_reference(source, column))}"
        for source, column in proposal.identifiers
    ]
    if proposal.record_id:
        yield f"- {proposal.record_id}: >-"
        main = proposal.sources[0]
        names = [it.source.name for it in main.columns if it.source.values]
        parts = ", ".join(f"coalesce({main.name}.{_quoted(name)}, '')" for name in names)
        # A record without any value is nobody's.
        hashed = f"md5(nullif(concat_ws('|', {parts}), '{'|' * (len(names) - 1)}'))"
        yield from (f"    {line}" for line in wrap(hashed, HASH_WIDTH, break_long_words=False))
    elif proposal.is_together:
        yield f"- {{{', '.join(named)}}}"
    else:
        yield from (f"- {{{item}}}" for item in named)


def properties_yaml(proposal: Proposal, known: Iterable[str] = ()) -> str:
    """Return the properties that are not there yet, as entries of `properties`."""
    lines = []
    keys = {id(column) for _, column in proposal.identifiers}
    rest = [item for item in proposal.mapped() if id(item[1]) not in keys]
    if proposal.record_id:
        lines += [
            f"{proposal.record_id}: {{title: Hash of the record, identifier: true, pii: true}}"
        ]
    for _, column in (*proposal.identifiers, *rest):
        if column.name in known:
            continue
        lines += [f"{column.name}:", f"  title: {_text(_title(column))}"]
        if column.type != "text":
            lines.append(f"  type: {column.type}")
        if column.multi:
            lines.append("  multi: true")
        if id(column) in keys:
            lines.append("  identifier: true")
            if column.source.nulls:
                lines.append(f"  ignore: {_list(sorted(column.source.nulls))}")
        if column.is_personal or id(column) in keys:
            lines.append("  pii: true")
    return "\n".join(lines) + "\n"


def _title(column: Column) -> str:
    return column.source.name.strip()[:60] or column.name


def _comments(notes: Iterable[str], indent: str) -> Iterator[str]:
    for note in notes:
        text = f"# {note}"
        while len(text) > WIDTH - len(indent) and " " in text[2 : WIDTH - len(indent)]:
            at = text.rindex(" ", 2, WIDTH - len(indent))
            yield f"{indent}{text[:at]}"
            text = f"# {text[at + 1 :]}"
        yield f"{indent}{text}"


def _lines_said(source: Source) -> list[str]:
    """Return what was found in a file: lines, what does not fit, what is doubtful."""
    file = source.file
    outcomes = file.outcomes
    lines = ", ".join((counted(outcomes.lines, "line"), counted(outcomes.records, "record")))
    lines += f" of {counted(len(file.columns), 'column')}"
    said = [f"{1 + len(file.others)} files: {lines}" if file.others else lines]
    if len(file.columns) == 1:
        said.append("no separator was found: each line is one value")
    said += [f"{name} is written in another way, and was not read" for name in file.unlike]
    said += [
        f"{counted(count, 'line is', 'lines are')} set aside: {reason}"
        for reason, count in file.rejects.items()
    ]
    if file.repeated:
        said.append(f"{file.repeated:,} records are copies of another, which count once")
    encoding = file.encoding.doubt and f"encoding: {file.encoding.doubt}"
    doubts = (encoding, file.layout.doubt, file.layout.left_out)
    return [*said, *filter(None, doubts)]


def _chained(source: Source, main: Source) -> Iterator[str]:
    assert source.link is not None
    yield f"    {source.name}:"
    yield from _comments([*_lines_said(source), source.link.said], "      ")
    yield f"      path: {_text(source.pattern)}"
    yield f"      join: {{{_text(source.link.column)}: {_text(source.link.other)}}}"
    differing = _differing_format(source, main)
    if differing:
        yield "      format:"
        yield from (f"        {key}: {value}" for key, value in differing.items())


def _differing_format(source: Source, main: Source) -> Mapping[str, str]:
    """Return the keys of the format of a file that differ from that of the main file, as YAML."""
    base, own = _format_keys(main), _format_keys(source)
    return {
        key: own.get(key, default)
        for key, default in DEFAULTS.items()
        if own.get(key) != base.get(key)
    }


def chained_yaml(source: Source, link: Link, main: Source) -> str:
    """Return a file source that is joined to a goal with a main file, in one line."""
    keys = ", ".join(f"{key}: {value}" for key, value in _differing_format(source, main).items())
    form = f", format: {{{keys}}}" if keys else ""
    join = f"{{{_text(link.column)}: {_text(link.other)}}}"
    return f"{source.name}: {{path: {_text(source.pattern)}, join: {join}{form}}}"


DEFAULTS = {
    "separator": '","',
    "quote": "'\"'",
    "escape": "'\"'",
    "decimal": '"."',
    "thousands": '""',
    "encoding": "utf-8",
    "header": "true",
    "skip_lines": "0",
    "null_values": '[""]',
    "true_values": '["true", "t", "yes", "y", "1", "on"]',
    "false_values": '["false", "f", "no", "n", "0", "off"]',
    "date_format": '["%Y-%m-%d"]',
    "datetime_format": '["%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S"]',
    "multi_value_separator": '"|"',
}
"""What a format has where it states nothing, as YAML."""


def _format(source: Source) -> Iterator[str]:
    keys = _format_keys(source)
    if keys:
        yield "format:"
        yield from (f"  {key}: {value}" for key, value in keys.items())


def _format_keys(source: Source) -> Mapping[str, str]:
    """Return the keys of the format of a file that differ from the defaults, as YAML."""
    dialect, typed, file = source.file.layout.dialect, source.typed, source.file
    header = "true"
    skipped = dialect.skip_lines
    if dialect.header is False:
        header = _list(file.outcomes.header)
    elif not file.has_own_names:
        header, skipped = _list(file.outcomes.header), file.outcomes.data_from
    stated = {
        "separator": json.dumps(dialect.separator),
        "quote": _quote(dialect.quote),
        "escape": _quote(dialect.escape),
        "decimal": json.dumps(typed.decimal),
        "thousands": json.dumps(typed.thousands),
        "encoding": file.encoding.name,
        "header": header,
        "skip_lines": str(skipped),
        "null_values": _list(["", *typed.nulls]),
        **_words(typed),
        "date_format": _list(typed.date_formats) if typed.date_formats else DEFAULTS["date_format"],
        "datetime_format": _list(typed.datetime_formats)
        if typed.datetime_formats
        else DEFAULTS["datetime_format"],
        "multi_value_separator": json.dumps(typed.separator),
    }
    return {key: value for key, value in stated.items() if value != DEFAULTS[key]}


def _words(typed: FileColumns) -> Mapping[str, str]:
    if not typed.true_words:
        return {}
    known = {key: json.loads(DEFAULTS[key]) for key in ("true_values", "false_values")}
    return {
        "true_values": _list([*known["true_values"], *typed.true_words]),
        "false_values": _list([*known["false_values"], *typed.false_words]),
    }


def _quote(mark: str) -> str:
    return "'\"'" if mark == '"' else json.dumps(mark)


def _list(texts: Iterable[str]) -> str:
    return json.dumps(list(texts), ensure_ascii=False)


def _text(text: str) -> str:
    """Return a text as YAML reads it, in quotes where it needs them."""
    if PLAIN.fullmatch(text) and text.lower() not in WORDS and "*" not in text[:1]:
        return text
    return json.dumps(text, ensure_ascii=False)


def _reference(source: Source, column: Column) -> str:
    """Return a column as YAML names it; in quotes where its name would be read as an expression."""
    name = column.source.name
    return f"{source.name}.{_quoted(name) if EXPRESSION.search(name) else name}"


def _quoted(name: str) -> str:
    """Return the name of a column as an expression has it."""
    return name if WORD.fullmatch(name) else '"' + name.replace('"', '""') + '"'


def _mapping(source: Source, column: Column) -> str:
    reference = _text(_reference(source, column))
    return f"{{from: {reference}, strategy: add}}" if column.multi else reference
