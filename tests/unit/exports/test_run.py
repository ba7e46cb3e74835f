"""An export goal becomes a file on the other side, byte for byte as it was declared."""

import csv
import gzip
import hashlib
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runner.errors import ExecutionError, RemoteError
from runner.remote import OnBytes, Remote, RemoteSettings
from runner.remote.local import LocalRemote
from tests.thorough import examples
from tests.unit.exports.exports import (
    Export,
    MakeExport,
    export,
    join_segment,
    make_export,
    profile_id,
)

__all__ = ["export"]

PLAIN = """\
segment: vip
directory: out
file_name: vip.csv
columns:
  - {header: EMAIL, property: email}
  - {header: CITY, property: city}
"""

EVERY_KIND = """\
segment: vip
directory: out
file_name: vip.csv
format:
  separator: ";"
  decimal: ","
  date_format: "%d-%m-%Y"
  datetime_format: "%d-%m-%Y %H:%M %z"
columns:
  - {header: ID, profile_id: true}
  - {header: EMAIL, property: email}
  - {header: VISITS, property: visits}
  - {header: SCORE, property: score}
  - {header: SPENT, property: spent}
  - {header: WANTED, property: wanted}
  - {header: BORN, property: born}
  - {header: SEEN_AT, property: seen_at}
  - {header: INTERESTS, property: interests}
  - {header: AMOUNTS, property: amounts}
  - {header: DAYS, property: days}
  - {header: SEGMENTS, segments: all}
  - {header: SOME, segments: [newsletter, lapsed]}
  - {header: VIEWED, viewed_interactions: all}
  - {header: CONSENT, permission_level: true}
  - {header: "SOURCE; OURS", text: "acme; nl"}
"""

EXPECTED = (
    "ID;EMAIL;VISITS;SCORE;SPENT;WANTED;BORN;SEEN_AT;INTERESTS;AMOUNTS;DAYS;SEGMENTS;SOME;VIEWED"
    ';CONSENT;"SOURCE; OURS"\n'
    "00000000-0000-8000-8000-000000000001;ann@acme.example;100;100;1,50;true;29-02-2024"
    ';01-07-2024 14:00 +0200;"books|""wine""";-0,5|20;01-02-2024|02-02-2024;newsletter|vip'
    ';newsletter;banner|popup;anonymous;"acme; nl"\n'
    "00000000-0000-8000-8000-000000000002;;-3;0,0000000001;-2,00;false;;01-01-2024 13:00 +0100"
    ';;;;vip;;;personal;"acme; nl"\n'
)


def read_back(data: bytes, separator: str = ",", quote: str = '"') -> list[list[str]]:
    text = io.StringIO(data.decode(), newline="")
    return list(csv.reader(text, delimiter=separator, quotechar=quote, strict=True))


def test_a_column_of_every_kind_is_written_as_declared(export: MakeExport) -> None:
    goal = export(EVERY_KIND)
    goal.add(
        2,
        visits=-3,
        score=Decimal("0.0000000001"),
        spent=Decimal(-2),
        wanted=False,
        seen_at=datetime(2024, 1, 1, 12, tzinfo=UTC),
        interests=[],
    )
    goal.add(
        1,
        email="ann@acme.example",
        visits=100,
        score=Decimal(100),
        spent=Decimal("1.5"),
        wanted=True,
        born=date(2024, 2, 29),
        seen_at=datetime(2024, 7, 1, 12, tzinfo=UTC),
        interests=["books", '"wine"'],
        amounts=[Decimal("-0.5"), Decimal(20)],
        days=[date(2024, 2, 1), date(2024, 2, 2)],
        viewed_interactions=["banner", "popup"],
        permission_level="anonymous",
    )
    join_segment(goal.warehouse, 1, "newsletter")
    goal.run()
    assert goal.sent().decode() == EXPECTED


def test_members_and_exported_are_both_told_x1(export: MakeExport) -> None:
    goal = export(PLAIN)
    goal.add(1, email="ann@acme.example")
    goal.add(2, city="Delft", visits=3)
    goal.add(3, visits=3)
    goal.add(4, email="")
    goal.add(5, email="eve@acme.example", segment="other")
    told = goal.run()
    assert (told.members, told.rows, told.status) == (4, 2, "success")
    assert read_back(goal.sent())[1:] == [["ann@acme.example", ""], ["", "Delft"]]
    (sent,) = told.exported
    assert (sent.path, sent.rows, sent.size) == ("out/vip.csv", 2, len(goal.sent()))
    assert sent.sha256 == hashlib.sha256(goal.sent()).hexdigest()


def test_a_member_counts_once_however_often_the_segment_gives_it(export: MakeExport) -> None:
    goal = export(PLAIN)
    goal.add(1, email="ann@acme.example")
    goal.warehouse.connection.execute("insert into segments.vip select * from segments.vip")
    told = goal.run()
    assert (told.members, told.rows) == (1, 1)


def test_without_a_property_all_members_are_exported_x1(export: MakeExport) -> None:
    goal = export(PLAIN.partition("columns")[0] + "columns: [{header: ID, profile_id: true}]")
    goal.add(2)
    goal.add(1)
    goal.run()
    assert read_back(goal.sent()) == [["ID"], [profile_id(1)], [profile_id(2)]]


def test_empty_text_differs_from_no_value(export: MakeExport) -> None:
    goal = export(PLAIN)
    goal.add(1, email="a", city="")
    goal.add(2, email="b")
    goal.run()
    assert goal.sent() == b'EMAIL,CITY\na,""\nb,\n'


def test_a_lone_column_without_a_value_is_still_a_row(export: MakeExport) -> None:
    goal = export(
        PLAIN.partition("columns")[0] + "columns: [{header: SEEN, viewed_interactions: all}]"
    )
    goal.add(1)
    goal.run()
    assert goal.sent() == b'SEEN\n""\n'


def test_rows_keep_their_order_over_many_blocks(export: MakeExport) -> None:
    goal = export(PLAIN.partition("columns")[0] + "columns: [{header: ID, profile_id: true}]")
    goal.warehouse.connection.execute(
        "insert into main.profiles (profile_id) select cast(md5(cast(i as varchar)) as uuid)"
        " from range(300000) numbers(i)"
    )
    goal.warehouse.connection.execute(
        "insert into segments.vip select profile_id from main.profiles"
    )
    assert goal.run().rows == 300_000
    identities = goal.sent().decode().split()[1:]
    assert len(identities) == 300_000
    assert identities == sorted(identities)


TEXT = st.text(
    st.one_of(
        st.sampled_from(" ;|,'\"\r\n\t#=\\a"),
        st.characters(codec="utf-8", exclude_characters="\0"),
    )
)
FORMATS = st.tuples(
    st.sampled_from([",", ";", "\\t", "||", "§", "a;"]), st.sampled_from(['"', "'"])
)


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Export]:
    """One export with three columns for each separator and quote."""

    @cache
    def made(separator: str, quote: str) -> Export:
        written = '"\'"' if quote == "'" else "'\"'"
        goal = f"format: {{separator: '{separator}', quote: {written}}}\n{PLAIN}"
        goal += "  - {header: ID, profile_id: true}\n"
        return make_export(tmp_path_factory.mktemp("export"), goal)

    return made


@pytest.mark.thorough
@settings(max_examples=examples(100), deadline=None)
@given(form=FORMATS, values=st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=8))
def test_every_value_reads_back_x3(
    exports: Callable[[str, str], Export], form: tuple[str, str], values: list[tuple[str, str]]
) -> None:
    goal = exports(*form)
    goal.clear()
    for number, (email, city) in enumerate(values):
        goal.add(number, email=email, city=city)
    goal.run()
    expected = [[*pair, profile_id(number)] for number, pair in enumerate(values) if any(pair)]
    separator = form[0].replace("\\t", "\t")
    if len(separator) == 1:
        assert read_back(goal.sent(), separator, form[1])[1:] == expected
    if separator.isascii():
        assert read_by_engine(goal.drop / "out/vip.csv", separator, form[1]) == expected


def read_by_engine(path: Path, separator: str, quote: str) -> list[list[str]]:
    rows = duckdb.connect().execute(
        "select * from read_csv(?, delim = ?, quote = ?, escape = ?, header = true,"
        " auto_detect = false, strict_mode = true, allow_quoted_nulls = false,"
        " columns = {'id': 'varchar', 'email': 'varchar', 'city': 'varchar'})",
        [str(path), separator, quote, quote],
    )
    return [list(row) for row in rows.fetchall()]


def test_formulas_are_made_harmless_and_numbers_stay_x3(export: MakeExport) -> None:
    goal = export(
        PLAIN
        + '  - {header: VISITS, property: visits}\n  - {header: " \\uff1d1", property: visits}\n'
        "neutralize_formulas: true\n"
    )
    for number, value in enumerate(
        ["=1+1", "+31612345678", "-1", "@sum", "\tx", "\rx", "a=b", "'"], 1
    ):
        goal.add(number, email=value, visits=-number)
    goal.run()
    found = [row[0] for row in read_back(goal.sent())[1:]]
    assert found == ["'=1+1", "'+31612345678", "'-1", "'@sum", "'\tx", "'\rx", "a=b", "'"]
    assert [row[2] for row in read_back(goal.sent())[1:3]] == ["-1", "-2"]
    assert read_back(goal.sent())[0] == ["EMAIL", "CITY", "VISITS", "' \uff1d1"]


def test_nobody_to_export_sends_a_header_x3(export: MakeExport) -> None:
    goal = export(PLAIN)
    told = goal.run()
    assert goal.sent() == b"EMAIL,CITY\n"
    assert (told.rows, told.status) == (0, "success")


def test_nobody_to_export_sends_nothing_when_asked_x3(export: MakeExport) -> None:
    goal = export(PLAIN + "when_empty: skip\n")
    goal.add(1, visits=3)
    told = goal.run()
    assert (told.members, told.rows, told.status, told.exported) == (1, 0, "skipped", ())
    assert list(goal.drop.iterdir()) == []


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "windows-1252"])
def test_other_encodings_are_written(export: MakeExport, encoding: str) -> None:
    goal = export(f"format: {{encoding: {encoding}}}\n{PLAIN}")
    goal.add(1, email="renée@acme.example", city="€")
    goal.run()
    assert goal.sent().decode(encoding) == "EMAIL,CITY\nrenée@acme.example,€\n"
    assert goal.sent() == "EMAIL,CITY\nrenée@acme.example,€\n".encode(encoding)


def test_a_character_that_the_encoding_lacks_is_told_and_nothing_sent(export: MakeExport) -> None:
    goal = export(f"format: {{encoding: windows-1252}}\n{PLAIN}")
    goal.add(2, email="plain", city="Łódź")
    goal.add(3, email="Ł")
    with pytest.raises(ExecutionError) as raised:
        goal.run()
    assert raised.value.message == (
        "shop.vip: cp1252 has no character 'Ł' (U+0141), which column 'CITY' has,"
        f" first in profile {profile_id(2)}"
    )
    assert str(raised.value.location) == "connections/shop.yml:13:34"
    assert list(goal.drop.iterdir()) == []
    assert list((goal.folder / "exports/shop").iterdir()) == []


def test_gzip_gives_equal_bytes_for_equal_content(export: MakeExport) -> None:
    goal = export(f"format: {{compression: gzip}}\n{PLAIN}")
    goal.add(1, email="ann@acme.example")
    goal.run(datetime(2024, 5, 1, tzinfo=UTC))
    first = goal.sent("out/vip.csv.gz")
    goal.run(datetime(2025, 6, 2, tzinfo=UTC))
    assert goal.sent("out/vip.csv.gz") == first
    assert gzip.decompress(first) == b"EMAIL,CITY\nann@acme.example,\n"
    # RFC 1952: no flags (thus no name), and a time of zero.
    assert first[3:8] == bytes(5)


def test_a_second_run_replaces_the_file_and_leaves_nothing_beside_it(export: MakeExport) -> None:
    goal = export(PLAIN)
    goal.add(1, email="ann@acme.example")
    first = goal.run().exported
    assert goal.run().exported == first
    assert [path.name for path in (goal.drop / "out").iterdir()] == ["vip.csv"]
    assert [path.name for path in (goal.folder / "exports/shop").iterdir()] == ["vip.csv"]


class FailingRemote(LocalRemote):
    """A folder that breaks at one operation."""

    def __init__(self, settings: RemoteSettings, failing: str) -> None:
        super().__init__(settings)
        self.failing = failing

    def send(self, source: Path, path: str, on_bytes: OnBytes) -> None:
        super().send(source, path, on_bytes)
        if self.failing == "send":
            raise RemoteError("the connection broke")
        if self.failing == "size":
            (self._root / path).write_bytes(b"half")

    def rename(self, old: str, new: str) -> None:
        if self.failing == "rename":
            raise RemoteError("no permission")
        super().rename(old, new)


@pytest.mark.parametrize("failing", ["send", "size", "rename"])
def test_a_failed_export_leaves_the_old_file_x2(export: MakeExport, failing: str) -> None:
    goal = export(PLAIN)
    goal.add(1, email="ann@acme.example")
    goal.run()
    before = goal.sent()
    goal.add(2, email="bob@acme.example")
    remote: Remote = FailingRemote(RemoteSettings("shop", "local", path=str(goal.drop)), failing)
    with pytest.raises(RemoteError):
        goal.run(remote=remote)
    assert goal.sent() == before
    assert [path.name for path in (goal.drop / "out").iterdir()] == ["vip.csv"]


def test_progress_tells_rows_and_bytes(export: MakeExport) -> None:
    goal = export(PLAIN)
    goal.add(1, email="ann@acme.example")
    goal.run()
    told = [(event.name, event.unit, event.done, event.total) for event in goal.events]
    size = len(goal.sent())
    assert told == [
        ("shop.vip", "rows", 0, 1),
        ("shop.vip", "rows", 1, 1),
        ("shop.vip", "bytes", size, size),
    ]


def test_values_that_hold_the_multi_value_separator_are_warned_of(export: MakeExport) -> None:
    goal = export(PLAIN + "  - {header: TOPICS, property: interests}\n")
    goal.add(1, interests=["a|b", "c"])
    goal.add(2, interests=["c"])
    (warning,) = goal.run().warnings
    assert warning.startswith(
        "1 profile has a value in 'TOPICS' that holds the multi_value_separator '|'"
    )


def test_a_wrong_date_format_points_at_its_column(export: MakeExport) -> None:
    goal = export(f'format: {{date_format: "%Q"}}\n{PLAIN}  - {{header: BORN, property: born}}\n')
    goal.add(1, email="ann@acme.example", born=date(2024, 2, 29))
    with pytest.raises(ExecutionError) as raised:
        goal.run()
    assert raised.value.location is not None
    assert (raised.value.location.file, raised.value.location.line) == ("connections/shop.yml", 14)


@pytest.mark.parametrize(
    ("timezone", "expected"),
    [
        ("America/St_Johns", "2024-07-01T09:30:00-0230"),
        ("Asia/Kolkata", "2024-07-01T17:30:00+0530"),
        ("UTC", "2024-07-01T12:00:00+0000"),
    ],
)
def test_times_tell_how_far_they_are_from_utc(
    export: MakeExport, timezone: str, expected: str
) -> None:
    form = f'format: {{datetime_format: "%Y-%m-%dT%H:%M:%S%z", timezone: {timezone}}}\n'
    goal = export(form + PLAIN + "  - {header: AT, property: seen_at}\n")
    goal.add(1, seen_at=datetime(2024, 7, 1, 12, tzinfo=UTC))
    goal.add(2, email="bob@acme.example")
    goal.run()
    assert [row[2] for row in read_back(goal.sent())] == ["AT", expected, ""]


def test_what_cannot_be_written_here_is_told(export: MakeExport) -> None:
    goal = export(PLAIN)
    (goal.folder / "exports").write_text("in the way")
    with pytest.raises(ExecutionError, match=r"cannot write .*vip\.csv: "):
        goal.run()


def test_rows_that_were_not_counted_fail_the_export(export: MakeExport) -> None:
    goal = export(PLAIN)
    goal.add(1, email="ann@acme.example")
    rows = replace(goal.models.rows, sql=f"{goal.models.rows.sql} limit 0")
    goal.models = replace(goal.models, sheet=replace(goal.models.sheet, model=rows))
    with pytest.raises(ExecutionError, match="1 row was counted, and 0 written"):
        goal.run()
    assert list((goal.folder / "exports/shop").iterdir()) == []


def test_the_name_follows_the_start_of_the_build(export: MakeExport) -> None:
    goal = export(PLAIN.replace("vip.csv", '"{segment}_{timestamp}.csv"'))
    told = goal.run()
    assert told.exported[0].path == "out/vip_20240501T233000Z.csv"


def test_record_of_what_was_sent_that_is_damaged_is_named_with_a_way_out(
    export: MakeExport,
) -> None:
    goal = export(PLAIN + "changes: changed\n")
    goal.add(1, email="a@x.nl")
    record = goal.folder / "sent/shop.vip.parquet"
    record.parent.mkdir()
    record.write_bytes(b"\xff garbage")
    record.with_name("shop.vip.files").write_bytes(b"\xff garbage")
    with pytest.raises(ExecutionError, match="record of what was sent cannot be read") as raised:
        goal.run()
    assert raised.value.hint.startswith("move it away")
    record.unlink()
    assert goal.run().rows == 1
