"""Whether declared keys can do what they are declared for, before a file is there."""

import tempfile
from pathlib import Path

from runner.pgp.decrypt import DecryptionKeys
from runner.pgp.door import PgpError
from runner.pgp.encrypt import EncryptionKeys, encrypt
from runner.pgp.keyring import Key, Keyring, open_keyring

EXTEND = "extend it with `gpg --quick-set-expire`, or make a new one, and send its public half"


def check_decryption(keys: DecryptionKeys) -> None:
    """Raise PgpError where a key cannot be read or opened, or no file could pass.

    While a new key replaces an old one, it is enough that one of ours can be encrypted for, and
    that one of the signers can sign.
    """
    with open_keyring(keys.location) as keyring:
        ours = {key: keyring.add(key, is_private=True) for key in keys.private}
        signers = {key: keyring.add(key) for key in keys.signers}
        for key, marks in ours.items():
            keyring.check_passphrase(key, marks, keys.passphrase)
        _check_some(keyring, "E", ours, "nobody can encrypt for {}", EXTEND)
        ask = "ask the sender for a public key that is valid"
        _check_some(keyring, "S", signers, "nobody can sign with {}", ask)


def _check_some(
    keyring: Keyring, capability: str, added: dict[Key, tuple[str, ...]], what: str, hint: str
) -> None:
    marks = {mark for found in added.values() for mark in found}
    if added and marks.isdisjoint(keyring.usable(capability)):
        names = " or ".join(key.name for key in added)
        why = "it has expired, was revoked, or is not made for that"
        raise PgpError(f"{what.format(names)}: {why}", next(iter(added)).location, hint)


def check_encryption(keys: EncryptionKeys) -> None:
    """Raise PgpError where a file could not be encrypted for all readers, and signed."""
    with tempfile.TemporaryDirectory() as directory:
        plain = Path(directory, "plain")
        plain.write_bytes(b"id\n")
        encrypt(keys, plain, Path(directory, "sealed"))
