"""The private key by which a user is known to an SSH server."""

import io
from pathlib import Path
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
    load_ssh_private_key,
)
from paramiko import ECDSAKey, Ed25519Key, PKey, RSAKey

from runner.errors import RemoteError
from runner.key_text import shown_path
from runner.remote.settings import RemoteSettings

CLASSES: tuple[tuple[type[Any], type[PKey]], ...] = (
    (Ed25519PrivateKey, Ed25519Key),
    (RSAPrivateKey, RSAKey),
    (EllipticCurvePrivateKey, ECDSAKey),
)

PUTTY = "PuTTY-User-Key-File"
"""How a key in PuTTY's own format begins."""


def load_private_key(settings: RemoteSettings) -> PKey | None:
    """Return the private key of a connection; None when it has none.

    OpenSSH's own format, PEM and PKCS#8, with Ed25519, ECDSA and RSA keys, with or without a
    passphrase; a passphrase that the key does not need is ignored. Raises RemoteError with
    one sentence that says what is wrong, never with a part of the key.
    """
    if not settings.private_key:
        return None
    key, source = _key_text(settings)
    try:
        loaded = _decrypted(key, settings, source)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise _unreadable(key, settings, source) from error
    for loaded_class, key_class in CLASSES:
        if isinstance(loaded, loaded_class):
            plain = loaded.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())
            return key_class.from_private_key(io.StringIO(plain.decode()))
    raise RemoteError(
        f"{settings.label}: {source} is of a type that SSH servers no longer take",
        hint="make an Ed25519 key: ssh-keygen -t ed25519",
    )


def _key_text(settings: RemoteSettings) -> tuple[bytes, str]:
    """Return the key's text, and how messages name where it came from."""
    given = settings.private_key or ""
    if "-----BEGIN" in given or given.lstrip().startswith(PUTTY):
        # Environment variables of CI systems often hold the line ends as a backslash and an n.
        lines = given if "\n" in given.strip() else given.replace("\\n", "\n")
        return lines.strip().encode() + b"\n", "the private key"
    if "\n" in given.strip():
        raise RemoteError(f"{settings.label}: private_key is neither a path nor a private key")
    path = Path(given).expanduser()
    try:
        return path.read_bytes(), f"the private key {path}"
    except OSError as error:
        raise RemoteError(
            f"{settings.label}: {_unread(path, error)}",
            hint="`private_key` is a path, the text of a key, or that text in base64",
        ) from error


def _unread(path: Path, error: OSError) -> str:
    shown = shown_path(path)
    if shown is None:
        return "private_key is neither the path of a file nor a private key"
    return f"cannot read the private key {shown}: {error.strerror}"


def _decrypted(key: bytes, settings: RemoteSettings, source: str) -> Any:
    try:
        return _loaded(key, None)
    except TypeError:
        # Both loaders say by this class that the key is encrypted.
        if not settings.passphrase:
            raise RemoteError(
                f"{settings.label}: {source} needs a passphrase", hint="add `passphrase`"
            ) from None
    try:
        return _loaded(key, settings.passphrase.encode())
    except ValueError as error:
        raise RemoteError(
            f"{settings.label}: the passphrase does not fit {source}",
            hint="check `passphrase`; or the file is damaged",
        ) from error


def _loaded(key: bytes, passphrase: bytes | None) -> Any:
    load = load_ssh_private_key if b"BEGIN OPENSSH" in key else load_pem_private_key
    return load(key, passphrase)


def _unreadable(key: bytes, settings: RemoteSettings, source: str) -> RemoteError:
    if key.startswith(PUTTY.encode()):
        hint = "convert it: puttygen key.ppk -O private-openssh -o key"
    elif key.startswith((b"ssh-", b"ecdsa-")) or b"BEGIN PUBLIC" in key or b"SSH2 PUBLIC" in key:
        hint = "this is the public half; give the file without `.pub`"
    else:
        hint = "give an OpenSSH or PEM private key, whole, with its BEGIN and END lines"
    return RemoteError(
        f"{settings.label}: {source} is not a private key that can be read", hint=hint
    )
