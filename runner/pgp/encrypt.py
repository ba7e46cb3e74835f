"""Files to send, encrypted for their readers and signed."""

from dataclasses import dataclass, field
from pathlib import Path

from runner.errors import Location
from runner.pgp.door import PgpError
from runner.pgp.keyring import (
    Key,
    handed_over,
    nothing,
    open_keyring,
    passphrase_fault,
    reading,
    status_lines,
)

# Why GnuPG does not encrypt for a key (INV_RECP in its `doc/DETAILS`).
REASONS = {
    "4": "it was revoked",
    "5": "it has expired",
    "10": "it is not trusted",
    "13": "it was disabled",
}


@dataclass(frozen=True)
class EncryptionKeys:
    """What an export goal declares under `pgp`."""

    recipients: tuple[Key, ...]
    signing: Key | None
    location: Location
    # Text that any mail can carry, a third larger; else bytes.
    armor: bool = False
    passphrase: str | None = field(default=None, repr=False)


def encrypt(keys: EncryptionKeys, source: Path, target: Path) -> None:
    """Write a file encrypted for all recipients, and signed where a key is declared for that.

    The content is not compressed again. Raises PgpError where a key cannot be used, or
    the disk refuses; no target is left then.
    """
    with open_keyring(keys.location) as keyring:
        readers = {mark: key for key in keys.recipients for mark in keyring.add(key)}
        signer = keyring.add(keys.signing, is_private=True)[0] if keys.signing else None
        done = keyring.gpg.encrypt_file(
            nothing(),
            list(readers),
            sign=signer,
            passphrase=handed_over(keys.passphrase),
            armor=keys.armor,
            output=str(target),
            extra_args=["--compress-algo", "none", "--set-filename", "", *reading(source)],
        )
    if done.returncode == 0 and target.is_file():
        return
    target.unlink(missing_ok=True)
    raise _failure(keys, readers, done.stderr)


def _failure(keys: EncryptionKeys, readers: dict[str, Key], status: str) -> PgpError:
    lines = status_lines(status)
    if "No space left on device" in status:
        return PgpError("cannot write the encrypted file: No space left on device")
    for words in lines:
        if words[0] == "INV_RECP":
            key = readers.get(words[-1], keys.recipients[0])
            why = REASONS.get(words[1], "it is not one for encryption, it expired or was revoked")
            hint = "ask the reader for a public key that is valid"
            return PgpError(f"{key.name} cannot be used to encrypt: {why}", key.location, hint)
    signing = keys.signing
    if signing is not None and (fault := passphrase_fault(lines, signing.name)):
        return PgpError(fault[0], signing.location, fault[1])
    if signing is not None:
        return PgpError(
            f"{signing.name} cannot be used to sign", signing.location, "it may have expired"
        )
    return PgpError("the file could not be encrypted", keys.location)
