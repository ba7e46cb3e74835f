"""Private keys, and one clear sentence for what is none. Logging in is a functional test."""

import base64
import os
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed448 import Ed448PrivateKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from runner.errors import RemoteError
from runner.remote import RemoteSettings
from runner.remote.private_key import load_private_key

SECRET = "c2VjcmV0LXBhcnQ"


def settings(private_key: str | None, passphrase: str | None = None) -> RemoteSettings:
    return RemoteSettings(
        name="webshop", kind="sftp", private_key=private_key, passphrase=passphrase
    )


def openssh_key(passphrase: bytes = b"") -> str:
    encryption = BestAvailableEncryption(passphrase) if passphrase else NoEncryption()
    key = Ed25519PrivateKey.generate()
    return key.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, encryption).decode()


def told(private_key: str, passphrase: str | None = None) -> str:
    with pytest.raises(RemoteError) as caught:
        load_private_key(settings(private_key, passphrase))
    return str(caught.value)


def test_connection_without_a_key_has_none() -> None:
    assert load_private_key(settings(None)) is None
    assert load_private_key(settings("")) is None


def test_key_is_read_from_text_and_from_a_file(tmp_path: Path) -> None:
    text = openssh_key()
    path = tmp_path / "key"
    path.write_text(text)
    first = load_private_key(settings(text))
    assert first is not None
    assert first == load_private_key(settings(str(path)))
    assert first == load_private_key(settings(text.strip()))
    assert first == load_private_key(settings(text.replace("\n", "\\n")))


@pytest.mark.parametrize(
    "handed",
    [
        base64.b64encode(os.urandom(32)).decode(),
        base64.b64encode(os.urandom(400)).decode(),
        base64.b64encode(os.urandom(48)).decode().replace("/", "_"),
        "MC4CAQAwBQYDK2VwBCIEI/" + base64.b64encode(os.urandom(30)).decode(),
        os.urandom(32).hex(),
    ],
    ids=["short", "long", "for URLs", "DER", "hexadecimal"],
)
def test_what_may_be_a_key_is_never_shown_as_a_path(tmp_path: Path, handed: str) -> None:
    message = told(str(tmp_path / handed))
    assert "neither the path of a file nor a private key" in message
    assert handed not in message
    assert "keys/web" not in told(str(tmp_path / "keys/web"))
    assert str(tmp_path / "web_ed25519") in told(str(tmp_path / "web_ed25519"))


def test_home_directory_is_understood(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "key").write_text(openssh_key())
    assert load_private_key(settings("~/key")) is not None


def test_passphrase_opens_a_key() -> None:
    text = openssh_key(b"right")
    assert load_private_key(settings(text, "right")) is not None
    assert "passphrase does not fit the private key" in told(text, "wrong")
    assert "the private key needs a passphrase" in told(text)


def test_key_in_puttys_format_is_known_as_text_as_well() -> None:
    text = f"PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\n{SECRET}\n"
    assert "puttygen" in told(text)
    assert "puttygen" in told(text.replace("\n", "\\n"))
    assert SECRET not in told(text)


@pytest.mark.parametrize(
    ("content", "hint"),
    [
        ("PuTTY-User-Key-File-3: ssh-ed25519\n" + SECRET, "puttygen"),
        ("ssh-ed25519 " + SECRET, "public half"),
        ("---- BEGIN SSH2 PUBLIC KEY ----\n" + SECRET, "public half"),
        (f"-----BEGIN OPENSSH PRIVATE KEY-----\n{SECRET}\n", "BEGIN and END"),
        (f"-----BEGIN RSA PRIVATE KEY-----\n{SECRET}\n-----END RSA PRIVATE KEY-----\n", "BEGIN"),
        (SECRET, "BEGIN and END"),
        ("", "BEGIN and END"),
    ],
)
def test_text_that_is_not_a_private_key_is_reported_without_showing_it(
    tmp_path: Path, content: str, hint: str
) -> None:
    path = tmp_path / "key"
    path.write_text(content)
    message = told(str(path))
    assert f"the private key {path} is not a private key that can be read" in message
    assert hint in message
    assert SECRET not in message


def test_type_that_servers_do_not_take_is_reported() -> None:
    key = Ed448PrivateKey.generate()
    text = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    assert "no longer take" in told(text)


def test_files_that_cannot_be_read_are_reported(tmp_path: Path) -> None:
    assert f"cannot read the private key {tmp_path}/none: No such file" in told(f"{tmp_path}/none")
    assert f"cannot read the private key {tmp_path}: Is a directory" in told(str(tmp_path))


def test_text_that_is_neither_path_nor_key_is_not_shown() -> None:
    message = told(f"one\n{SECRET}\n")
    assert "neither a path nor a private key" in message
    assert SECRET not in message
