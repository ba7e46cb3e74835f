"""The command that runs another one beside an SFTP server."""

import os
import shutil
import sys
from pathlib import Path

import pytest

from tests.servers.sshd import main

pytestmark = pytest.mark.any_engine

# Fetches what is served, with the address from the environment alone.
CLIENT = """
import io, os, sys
from runner.remote import RemoteSettings, open_remote
settings = RemoteSettings(
    name="demo", kind="sftp", host=os.environ["RUNNER_SFTP_HOST"],
    port=int(os.environ["RUNNER_SFTP_PORT"]), username=os.environ["RUNNER_SFTP_USER"],
    private_key=os.environ["RUNNER_SFTP_KEY"], host_key=(os.environ["RUNNER_SFTP_HOST_KEY"],))
with open_remote(settings) as remote:
    names = [file.name for file in remote.list("").files]
with open(sys.argv[1], "a") as stream:
    stream.write(f"{names} {settings.host_key}" + chr(10))
sys.exit(7)
"""


def test_command_runs_beside_a_server_with_the_seed_and_the_same_keys(tmp_path: Path) -> None:
    seed, root, told = tmp_path / "landing", tmp_path / "served", tmp_path / "told.txt"
    seed.mkdir()
    (seed / "a.csv").write_text("id\n1\n")
    (seed / "b.csv").write_text("id\n2\n")
    arguments = ["--root", str(root), "--seed", str(seed), "--state", str(tmp_path / "state")]
    command = ["--", sys.executable, "-c", CLIENT, str(told)]
    assert main([*arguments, *command]) == 7
    (root / "b.csv").rename(root / "b.csv.done")
    assert main([*arguments, *command]) == 7
    first, second = told.read_text().splitlines()
    assert first.startswith("['a.csv', 'b.csv'] ")
    assert second.startswith("['a.csv', 'b.csv.done'] ")
    assert first.partition("] ")[2] == second.partition("] ")[2]


def test_key_of_the_server_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    arguments = ["--root", str(tmp_path / "served"), "--state", str(tmp_path / "state"), "--"]
    assert main([*arguments, shutil.which("true") or "true"]) == 0
    assert (tmp_path / "state/user_ed25519").stat().st_mode & 0o077 == 0
    assert "RUNNER_SFTP_KEY" not in os.environ
