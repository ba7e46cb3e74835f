"""An export goal becomes a file on the other side, byte for byte as it was declared."""

import csv
import gzip
import hashlib
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runner.errors import ExecutionError, RemoteError
from runner.remote import OnBytes, Remote, RemoteSettings
from runner.remote.local import LocalRemote
from tests.unit.build.exports import (
    Export,
    MakeExport,
    add_member,
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
format: {separator: ";", decimal: ",", date_format: "%d-%m-%Y", datetime_format: "%d-%m-%Y %H:%M %z"}
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
    'ID;EMAIL;VISITS;SCORE;SPENT;WANTED;BORN;SEEN_AT;INTERESTS;AMOUNTS;DAYS;SEGMENTS;SOME;VIEWED;CONSENT;"SOURCE; OURS"\n'
    '00000000-0000-8000-8000-000000000001;ann@acme.example;100;100;1,50;true;29-02-2024;"01-07-2024 14:00 +0200"'
    ';books|"wine";-0,5|20;01-02-2024|02-02-2024;newsletter|vip;newsletter;banner|popup;anonymous;"acme; nl"\n'
    '00000000-0000-8000-8000-000000000002;;-3;0,0000000001;-2,00;false;;"01-01-2024 13:00 +0100"'
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
        seen_at=datetime(2024, 1, 1, 12),
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
        seen_at=datetime(2024, 7, 1, 12),
        interests=["books", '"wine"'],
        amounts=[Decimal("-0.5"), Decimal(20)],
        days=[date(2024, 2, 1), date(2024, 2, 2)],
        viewed_interactions=["banner", "popup"],
        permission_level="anonymous",
    )
    join_segment(goal.warehouse, 1, "newsletter")
    goal.run()
    expected = EXPECTED.replace('books|"wine"', '"books|""wine"""')
    expected = expected.replace('"01-07-2024 14:00 +0200"', "01-07-2024 14:00 +0200")
    expected = expected.replace('"01-01-2024 13:00 +0100"', "01-01-2024 13:00 +0100")
    assert goal.sent().decode() == expected
