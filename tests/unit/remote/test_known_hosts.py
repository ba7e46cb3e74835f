"""known_hosts files, as OpenSSH writes them."""

from pathlib import Path

import pytest

from runner.remote import RemoteSettings
from runner.remote.known_hosts import KnownHosts, read_known_hosts

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl"
# `ssh-keygen -H` of acme.example.
HASHED = "|1|xq38MRQBCfzpOvHVUyYtdDA02yY=|+wVJTR921tfK1CGrlqgg9IKxfDg="


def read(tmp_path: Path, text: str, host: str = "acme.example", port: int = 22) -> KnownHosts:
    path = tmp_path / "known_hosts"
    path.write_text(text)
    return read_known_hosts(
        RemoteSettings(name="webshop", kind="sftp", host=host, port=port, known_hosts=str(path))
    )


@pytest.mark.parametrize(
    ("hosts", "port", "is_known"),
    [
        ("acme.example", 22, True),
        ("ACME.example", 22, True),
        ("other,acme.example,10.0.0.1", 22, True),
        ("*.example", 22, True),
        ("acm?.example", 22, True),
        ("*.example,!acme.example", 22, False),
        ("acme.example", 2222, False),
        ("[acme.example]:2222", 2222, True),
        ("[acme.example]:2222", 22, False),
        ("[*.example]:2222", 2222, True),
        ("acme.example.org", 22, False),
        (HASHED, 22, True),
        (HASHED, 2222, False),
        ("|1|broken", 22, False),
        ("|1|broken|x|y", 22, False),
    ],
)
def test_hosts_are_matched_as_openssh_does(
    tmp_path: Path, hosts: str, port: int, is_known: bool
) -> None:
    found = read(tmp_path, f"{hosts} {KEY}\n", port=port)
    assert [key.line for key in found.keys] == ([KEY] if is_known else [])


def test_lines_that_do_not_count_are_passed_over(tmp_path: Path) -> None:
    text = (
        "# comment\n\n"
        f"@cert-authority *.example {KEY}\n"
        "acme.example ssh-ed25519 broken\n"
        "acme.example 1024 35 1234567\n"
        "acme.example\n"
        f"acme.example {KEY} of a colleague\n"
    )
    found = read(tmp_path, text)
    assert [key.line for key in found.keys] == [KEY]
    assert found.revoked == ()


def test_revoked_keys_stand_apart(tmp_path: Path) -> None:
    found = read(tmp_path, f"@revoked * {KEY}\n")
    assert found.keys == ()
    assert [key.line for key in found.revoked] == [KEY]
