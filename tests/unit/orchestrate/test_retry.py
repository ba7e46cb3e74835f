"""`runner retry` takes what failed or was skipped and has not run since (X6)."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from runner.exports.run import NO_ROWS
from runner.history.history import History
from runner.history.records import BuildRecord, NodeRecord
from runner.orchestrate.retry import Retry, retry_of_last
from runner.workspace.workspace import Workspace, open_workspace
from tests.unit.definitions.small_project import project

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
KINDS = {"shop.people": "import_profiles", "shop.vip": "export_profiles", "vip": "segment"}
DONE = dict.fromkeys(KINDS, "success")
FAILED = {**DONE, "nobody": "fail", "shop.vip": "skipped"}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    project(tmp_path)
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests/nobody.sql").write_text("select * from {{ ref('vip') }}\n")
    return open_workspace(tmp_path)


def retry(workspace: Workspace, *builds: tuple[dict[str, str], bool], message: str = "") -> Retry:
    """Return what is done again after builds of these nodes, published or not."""
    with History(workspace.history) as history:
        for number, (nodes, is_published) in enumerate(builds):
            name, began = f"b{number}", NOON + timedelta(minutes=number)
            history.begin(BuildRecord(name, workspace.target_name, "runner build", began))
            history.add_nodes(
                NodeRecord(name, node, KINDS.get(node, "test"), status, message=message)
                for node, status in nodes.items()
            )
            history.finish(name, began, "success", 1.0, 0, is_published)
    return retry_of_last(workspace)


def test_export_is_owed_until_it_ran_whatever_was_built_since(workspace: Workspace) -> None:
    """As where one runs the mended test by itself, undoes a file, or builds another connection."""
    found = retry(workspace, (DONE, True), (FAILED, False), ({"nobody": "pass"}, True))
    assert set(found.select) == {"shop.people", "vip", "shop.vip"}
    assert found.exclude == ()


def test_nothing_is_owed_once_all_went_well(workspace: Workspace) -> None:
    assert not retry(workspace, (FAILED, False), ({**DONE, "nobody": "pass"}, True)).is_needed


def test_builds_that_were_not_published_are_done_again_together(workspace: Workspace) -> None:
    one = {"shop.people": "success", "shop.vip": "skipped"}
    found = retry(workspace, (one, False), ({"vip": "success", "nobody": "fail"}, False))
    assert set(found.select) == {"shop.people", "vip", "nobody", "shop.vip"}


def test_export_that_ran_since_is_not_sent_again(workspace: Workspace) -> None:
    failed = {"shop.people": "error", "vip": "success", "shop.vip": "skipped"}
    found = retry(workspace, (failed, True), ({"shop.vip": "success"}, True))
    assert (set(found.select), found.exclude) == ({"shop.people+"}, ("shop.vip",))


def test_export_without_anybody_to_send_is_done(workspace: Workspace) -> None:
    nobody = {**DONE, "shop.vip": "skipped"}
    assert not retry(workspace, (nobody, True), message=NO_ROWS).is_needed


def test_after_a_build_that_was_killed_everything_is_built(workspace: Workspace) -> None:
    found = retry(workspace, (DONE, True), ({}, False))
    assert (found.select, found.is_needed) == ((), True)
