"""Downloaded files, decrypted and verified."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from runner.errors import Location
from runner.pgp.door import PgpError
from runner.pgp.keyring import (
    Key,
    Keyring,
    handed_over,
    nothing,
    open_keyring,
    passphrase_fault,
    reading,
    status_lines,
)

if TYPE_CHECKING:
    from gnupg import Crypt

Decode = Callable[[Path, Path, str, int], None]
"""Writes what a file holds to another; takes the name for messages and the most bytes of it."""

# What GnuPG says of a signature before it says which key made it.
VERDICTS = ("GOODSIG", "BADSIG", "ERRSIG", "EXPSIG", "EXPKEYSIG", "REVKEYSIG")


class NotDecrypted(PgpError):
    """A file is not what was declared: not encrypted, not for us, not signed, or damaged."""


@dataclass(frozen=True)
class DecryptionKeys:
    """What a file source declares under `pgp`."""

    private: tuple[Key, ...]
    # One of these must have signed each file; with none, signatures are not checked.
    signers: tuple[Key, ...]
    location: Location
    passphrase: str | None = field(default=None, repr=False)


class Decryptor:
    """Decrypts the files of one file source."""

    def __init__(self, keys: DecryptionKeys) -> None:
        self.keys = keys

    @property
    def mark(self) -> str:
        """Whose signature files need: when it changes, they are downloaded again."""
        digest = hashlib.sha256(b"\0".join(key.content for key in self.keys.signers))
        return f"pgp:{digest.hexdigest()[:12]}"

    @contextmanager
    def open(self) -> Iterator[Decode]:
        """Give the function that decrypts; raises PgpError where a key is invalid."""
        keys = self.keys
        with open_keyring(keys.location) as keyring:
            for key in keys.private:
                keyring.add(key, is_private=True)
            signers = frozenset(mark for key in keys.signers for mark in keyring.add(key))

            def decode(source: Path, target: Path, name: str, most: int) -> None:
                _decrypt(keyring, keys, signers, source, target, name, most)

            yield decode


def _decrypt(
    keyring: Keyring,
    keys: DecryptionKeys,
    signers: frozenset[str],
    source: Path,
    target: Path,
    name: str,
    most: int,
) -> None:
    done = _run(keyring, keys, source, target, most, is_verified=bool(signers))
    status = status_lines(done.stderr)
    says = {words[0] for words in status}
    if "No space left on device" in done.stderr:
        raise PgpError(f"{name}: cannot write {target.parent}: No space left on device")
    if "BEGIN_DECRYPTION" not in says:
        raise _no_message(name, status, keys)
    if _is_too_large(target, done.stderr, most):
        raise NotDecrypted(
            f"{name}: {source.stat().st_size} encrypted bytes grow to more than {most},"
            " which looks like a bomb"
        )
    # GnuPG stops at a signature that it does not accept, before the end.
    if signers and says.intersection(("DECRYPTION_OKAY", *VERDICTS)):
        if "BADSIG" in says and not _is_whole(keyring, keys, source, target, most):
            raise _failure(name, [["DECRYPTION_FAILED"]], keys)
        _check_signature(name, status, signers)
    # 2 also means that there is a further signature, by nobody we know.
    is_fine = done.returncode == 0 or "ERRSIG" in says
    is_one = sum(words[0] == "PLAINTEXT" for words in status) == 1
    if not (is_fine and is_one and "DECRYPTION_OKAY" in says) or "DECRYPTION_FAILED" in says:
        raise _failure(name, status, keys)


def _run(
    keyring: Keyring,
    keys: DecryptionKeys,
    source: Path,
    target: Path,
    most: int,
    *,
    is_verified: bool,
) -> "Crypt":
    """Decrypt a file; returns what GnuPG says of it."""
    # One byte more than is allowed shows that there is more.
    options = ["--max-output", str(most + 1)]
    if not is_verified:
        options.append("--skip-verify")
    return keyring.gpg.decrypt_file(
        nothing(),
        passphrase=handed_over(keys.passphrase),
        output=str(target),
        extra_args=[*options, *reading(source)],
    )


def _is_whole(
    keyring: Keyring, keys: DecryptionKeys, source: Path, target: Path, most: int
) -> bool:
    """Tell whether a file is as it was encrypted, whoever signed it."""
    target.unlink(missing_ok=True)
    done = _run(keyring, keys, source, target, most, is_verified=False)
    target.unlink(missing_ok=True)
    return any(words[0] == "DECRYPTION_OKAY" for words in status_lines(done.stderr))


def _is_too_large(target: Path, status: str, most: int) -> bool:
    return "exceeded" in status or (target.is_file() and target.stat().st_size > most)


def _no_message(name: str, status: list[list[str]], keys: DecryptionKeys) -> PgpError:
    says = {words[0] for words in status}
    if "ENC_TO" in says:
        return _failure(name, status, keys)
    what = "signed, but not encrypted" if "PLAINTEXT" in says else "not encrypted with PGP"
    return NotDecrypted(
        f"{name}: the file is {what}, and `pgp` is declared for it: it is refused",
        hint=f"ask the sender to encrypt it, or take `pgp` away at {keys.location}",
    )


def _failure(name: str, status: list[list[str]], keys: DecryptionKeys) -> PgpError:
    """Return what kept a file from being decrypted; first what is ours to fix."""
    says = {words[0] for words in status}
    private = " and ".join(key.name for key in keys.private)
    fault = passphrase_fault(status, private)
    if fault:
        return PgpError(f"{name}: {fault[0]}", keys.location, fault[1])
    if "NO_SECKEY" in says and "DECRYPTION_KEY" not in says:
        return NotDecrypted(
            f"{name}: the file is encrypted for other keys than {private}",
            keys.location,
            hint="send your public key to the partner again",
        )
    return NotDecrypted(
        f"{name}: the encrypted file is damaged, cut short, or protected in a way that is not safe",
        hint="ask the sender for it once more",
    )


def _check_signature(name: str, status: list[list[str]], signers: frozenset[str]) -> None:
    """Raise NotDecrypted unless one of the signers signed, and no signature is broken."""
    if any(words[0] == "DECRYPTION_FAILED" for words in status):
        return
    verdict, good, others = "", False, set()
    for words in status:
        if words[0] in VERDICTS:
            verdict = words[0]
            others.add(verdict)
        elif words[0] == "VALIDSIG" and verdict == "GOODSIG":
            # The last word is the fingerprint of the key that a signing subkey belongs to.
            good = good or not signers.isdisjoint((words[1], words[-1]))
    if good and "BADSIG" not in others:
        return
    why = {
        "BADSIG": "its signature does not fit its content",
        "EXPSIG": "its signature has expired",
        "EXPKEYSIG": "the key that signed it has expired",
        "REVKEYSIG": "the key that signed it was revoked",
    }
    found = next((words for verdict, words in why.items() if verdict in others), "")
    found = found or ("none of the declared `signers` signed it" if others else "it is not signed")
    raise NotDecrypted(
        f"{name}: the file is refused: {found}",
        hint="ask the sender to sign it, or for the public key that signs",
    )
