"""The text that one column of an exported file holds."""

import hashlib

import pytest

from runner.compile.export_columns import ExportColumn
from runner.compile.export_dialect import ExportDialect
from runner.definitions.format import ExportFormat
from runner.definitions.profile_property import Property
from runner.errors import Location
from tests.unit.sql.expression import rows_of

DIALECT = ExportDialect.of(ExportFormat(decimal=","), "UTC")
GIVEN = """
(
    select
        'P1' as profile_id,
        '=1' as word,
        1.5::decimal(18,1) as number,
        null::string as permission_level
) as profiles,
(select 'P2' as profile_id) as members,
(select 'vip' as segments) as "segments 1"
"""


def written(kind: str, is_harmless: bool = False, **more: object) -> object:
    column = ExportColumn("a", kind, Location("a.yml"), **more)
    query = "select {{ export_column(column, dialect, is_harmless) }} from " + GIVEN
    return rows_of(query, column=column, dialect=DIALECT, is_harmless=is_harmless)[0][0]


@pytest.mark.parametrize(
    ("kind", "more", "expected"),
    [
        ("profile_id", {}, "P1"),
        ("change", {}, None),
        ("segments", {"segments": "segments 1"}, "vip"),
        ("text", {"text": "'fixed'"}, "fixed"),
        ("permission_level", {}, "personal"),
        ("property", {"relation_column": "profiles.word"}, "=1"),
        (
            "property",
            {"relation_column": "profiles.number", "declared": Property(type="decimal(18,1)")},
            "1,5",
        ),
    ],
)
def test_each_kind_of_column_is_text(kind: str, more: dict[str, object], expected: object) -> None:
    assert written(kind, **more) == expected


def test_formulas_in_text_are_made_harmless_and_numbers_are_not() -> None:
    number = Property(type="decimal(18,1)")
    assert written("property", True, relation_column="profiles.word") == "'=1"
    assert written("property", True, relation_column="-profiles.number", declared=number) == "-1,5"


@pytest.mark.parametrize(
    ("kind", "more", "hashed"),
    [
        ("profile_id", {}, "p1"),
        ("text", {"text": "'A'"}, "a"),
        ("segments", {"segments": "segments 1"}, "vip"),
        ("property", {"relation_column": "profiles.word"}, "=1"),
    ],
)
def test_hashed_columns_hold_the_hash_of_the_text(
    kind: str, more: dict[str, object], hashed: str
) -> None:
    assert written(kind, is_hashed=True, **more) == hashlib.sha256(hashed.encode()).hexdigest()


def test_line_of_an_event_names_the_profile_of_its_member() -> None:
    column = ExportColumn("a", "profile_id", Location("a.yml"))
    query = "select {{ export_column(column, dialect, false, 'members') }} from " + GIVEN
    assert rows_of(query, column=column, dialect=DIALECT) == [("P2",)]
