"""`probe` tells which step of a connection fails, and what to do."""

import os
from pathlib import Path

import pytest

from runner.remote import RemoteSettings
from runner.remote.probe import probe
from tests.servers.sshd import Sshd, free_port

pytestmark = pytest.mark.any_engine

DIRECTORIES = (("out", False), ("in", True))


def statuses(settings: RemoteSettings) -> dict[str, str]:
    found = probe(settings, DIRECTORIES)
    assert found.is_ok == all(step.status == "ok" for step in found.steps)
    assert all(bool(step.message) == (step.status != "not tried") for step in found.steps)
    return {step.name: step.status for step in found.steps}


@pytest.fixture
def folders(sftp_account: Sshd) -> Sshd:
    for name in ("out", "in"):
        (sftp_account.root / name).mkdir()
        (sftp_account.root / name).chmod(0o777)
    (sftp_account.root / "out/a.csv").write_bytes(b"x")
    return sftp_account


def test_connection_that_works_is_ok_in_every_step(folders: Sshd) -> None:
    found = probe(folders.settings(), DIRECTORIES)
    assert found.is_ok
    assert found.connection == "webshop"
    assert [step.name for step in found.steps] == [
        "reach",
        "host key",
        "authentication",
        "list out",
        "list in",
        "write in",
    ]
    assert found.steps[3].message == "1 file"
    assert list((folders.root / "in").iterdir()) == []


def test_server_that_is_not_reached_leaves_all_else_untried(folders: Sshd) -> None:
    assert statuses(folders.settings(port=free_port(), backoff=60)) == {
        "reach": "failed",
        "host key": "not tried",
        "authentication": "not tried",
        "list out": "not tried",
        "list in": "not tried",
        "write in": "not tried",
    }


def test_unknown_host_key_is_reported_with_the_line_that_pins_it(folders: Sshd) -> None:
    found = probe(folders.settings(host_key=()), DIRECTORIES)
    assert [step.status for step in found.steps[:3]] == ["ok", "failed", "not tried"]
    assert f'host_key: "{folders.host_key}"' in found.steps[1].message
    assert "SHA256:" in found.steps[1].message


def test_pin_that_cannot_be_read_is_reported(folders: Sshd) -> None:
    found = probe(folders.settings(host_key=("nonsense",)), ())
    assert [step.status for step in found.steps] == ["not tried", "failed", "not tried"]


def test_log_in_that_fails_is_reported(folders: Sshd, tmp_path: Path) -> None:
    settings = folders.settings(private_key=str(tmp_path / "none"))
    assert list(statuses(settings).values()) == ["ok", "ok", "failed", *["not tried"] * 3]


def test_directories_fail_one_by_one(folders: Sshd) -> None:
    (folders.root / "out/a.csv").unlink()
    (folders.root / "out").rmdir()
    (folders.root / "in").chmod(0o555)
    os.chown(folders.root / "in", os.geteuid(), os.getegid())
    assert list(statuses(folders.settings()).values())[3:] == ["failed", "ok", "failed"]
    found = probe(folders.settings(), DIRECTORIES)
    assert "cannot list 'out'" in found.steps[3].message
    assert "permission denied" in found.steps[5].message
