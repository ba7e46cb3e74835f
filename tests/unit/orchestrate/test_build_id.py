"""Builds are ordered by their ids, whatever the clock says (B10)."""

from datetime import UTC, datetime

import pytest

from runner.orchestrate.build_id import next_build_id

NOON = datetime(2026, 11, 24, 12, 0, 0, 5_999, tzinfo=UTC)


@pytest.mark.parametrize(
    ("earlier", "build_id"),
    [
        ([], "20261124T120000005Z"),
        (["20261124T120000004Z", "", "b1", "20270101"], "20261124T120000005Z"),
        (["20261124T120000005Z"], "20261124T120000006Z"),
        (["20270101T000000999Z", "20261124T120000005Z"], "20270101T000001000Z"),
    ],
)
def test_id_is_the_start_and_greater_than_every_earlier_one(earlier, build_id) -> None:
    assert next_build_id(NOON, earlier) == build_id
