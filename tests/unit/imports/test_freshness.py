"""A source whose newest file is too old is stale (F12)."""

from datetime import UTC, datetime, timedelta

import pytest

from runner.definitions.declaration import read_declaration
from runner.definitions.document import Section
from runner.definitions.import_goal import ImportProfiles
from runner.errors import Location
from runner.imports.found_files import FoundFiles
from runner.imports.freshness import stale_sources
from runner.remote import RemoteFile
from runner.stage.matched_files import MatchedFiles

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def goal(**freshness):
    written = Section(Location("shop.yml"))
    file = {"path": "p.csv", "freshness": freshness}
    written.update(
        kind="import_profiles", name="p", files={"p": file}, identify={"by": [{"id": "id"}]}
    )
    faults = []
    found = read_declaration(ImportProfiles, written, faults)
    assert not faults
    return found


def stale(age, ignored=(), **freshness):
    def file(days):
        return RemoteFile("p.csv", "p.csv", 1, NOW - timedelta(days=days))

    files = () if age is None else (file(age), file(age + 9))
    matched = MatchedFiles(files, tuple((file(days), "done") for days in ignored))
    found = stale_sources(goal(**freshness), FoundFiles({"p": matched}, ()), NOW)
    return [(item.message, item.is_error) for item in found]


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        (1, []),
        (
            3,
            [
                (
                    "`p` has no new file for more than 2 days: the newest came 2026-11-21 12:00 UTC",
                    False,
                )
            ],
        ),
        (
            5,
            [
                (
                    "`p` has no new file for more than 4 days: the newest came 2026-11-19 12:00 UTC",
                    True,
                )
            ],
        ),
        (None, [("`p` has no new file for more than 4 days: there is none", True)]),
    ],
)
def test_newest_file_says_whether_a_source_is_stale(age, expected):
    assert stale(age, warn_after="2 days", error_after="4d") == expected


def test_imported_file_that_is_renamed_counts():
    assert stale(None, ignored=[1], warn_after="2 days") == []


def test_span_is_told_in_its_largest_unit():
    assert "more than 90 minutes:" in stale(1, warn_after="90 minutes")[0][0]
    assert "more than 1 hour:" in stale(1, error_after=3600)[0][0]
