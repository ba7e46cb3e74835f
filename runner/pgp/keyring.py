"""Declared keys, in a keyring that lives as long as they are used."""

import io
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from runner.errors import Location
from runner.pgp.door import PgpError, gpg_class

if TYPE_CHECKING:
    from gnupg import GPG

# No question is asked, no key is fetched, and a declared key is trusted as it is.
OPTIONS = (
    "--batch",
    "--no-options",
    "--trust-model",
    "always",
    "--no-auto-key-locate",
    "--no-auto-key-retrieve",
    "--pinentry-mode",
    "loopback",
)
STATUS = "[GNUPG:] "
PREFIX = "runner-pgp-"
BAD_PASSPHRASE = 11
# Seconds after which a keyring is one that a killed build left.
FORGOTTEN = 24 * 3600


@dataclass(frozen=True)
class Key:
    """One or more OpenPGP keys as they were declared, armored or binary."""

    content: bytes = field(repr=False)
    # As messages name it, such as `the key keys/partner.asc`.
    name: str
    location: Location


@dataclass(frozen=True)
class Keyring:
    """A keyring of its own."""

    gpg: "GPG"

    def add(self, key: Key, *, is_private: bool = False) -> tuple[str, ...]:
        """Import what was declared as a key; returns the fingerprints, each once.

        Raises PgpError where it is not a key, or a public one where a private one is needed.
        """
        declared = Path(self.gpg.gnupghome, "declared")
        declared.write_bytes(key.content)
        imported = self.gpg.import_keys(b"", extra_args=reading(declared))
        lines = status_lines(imported.stderr)
        found = tuple(dict.fromkeys(words[2] for words in lines if words[0] == "IMPORT_OK"))
        if not found:
            kind = "private" if is_private else "public"
            raise PgpError(
                f"{key.name} is not an OpenPGP key that can be read",
                key.location,
                hint=f"give the {kind} key whole, as `gpg --armor --export"
                f"{'-secret-keys' if is_private else ''} <its address>` writes it",
            )
        # 16 in the flags of an import: it holds the private half.
        if is_private and not any(int(words[1]) & 16 for words in lines if words[0] == "IMPORT_OK"):
            raise PgpError(
                f"{key.name} is the public half of a key; the private one is needed here",
                key.location,
                hint="export it with `gpg --armor --export-secret-keys <its address>`",
            )
        return found

    def check_passphrase(self, key: Key, marks: tuple[str, ...], passphrase: str | None) -> None:
        """Raise PgpError where the passphrase does not open a private key that was added."""
        # Keys are asked for in the order of the keyring; what they are is thrown away.
        opened = self.gpg.result_map["export"](self.gpg)
        command = ["--export-secret-keys", "--", *marks]
        self.gpg._handle_io(command, nothing(), opened, handed_over(passphrase), binary=True)
        fault = passphrase_fault(status_lines(opened.stderr), key.name)
        if fault:
            raise PgpError(fault[0], key.location, fault[1])
        if not opened.data:
            raise PgpError(f"{key.name} cannot be opened", key.location)

    def usable(self, capability: str) -> frozenset[str]:
        """Return the fingerprints of keys that are good now: `E` to encrypt for, `S` to sign."""
        return frozenset(
            str(key["fingerprint"]) for key in self.gpg.list_keys() if capability in key["cap"]
        )


def passphrase_fault(status: list[list[str]], private: str) -> tuple[str, str] | None:
    """Return what GnuPG says of the passphrase of a key, and a hint; None where it is fine."""
    says = {words[0] for words in status}
    # The number of an error, less the part of the program that it comes from.
    errors = [words[2] for words in status if words[0] in ("ERROR", "FAILURE") and len(words) > 2]
    numbers = {int(number) & 0xFFFF for number in errors if number.isdecimal()}
    if BAD_PASSPHRASE in numbers or "BAD_PASSPHRASE" in says:
        return f"the passphrase does not fit {private}", "check `passphrase`"
    if "NEED_PASSPHRASE" in says and "DECRYPTION_OKAY" not in says:
        return f"{private} needs a passphrase", "add `passphrase`"
    return None


def reading(source: Path) -> list[str]:
    """Return the arguments that make GnuPG read a file by itself.

    python-gnupg would feed it through a pipe, which breaks where GnuPG has read enough to
    refuse the file; its own word on the file would be lost then.
    """
    return ["--", str(source.absolute())]


def handed_over(passphrase: str | None) -> str | None:
    """Return a passphrase as python-gnupg takes it, so that GnuPG gets it in UTF-8.

    It writes one byte for each character, in Latin-1: here are those bytes.
    """
    return passphrase.encode().decode("latin-1") if passphrase else passphrase


def nothing() -> io.BytesIO:
    """Return what python-gnupg feeds beside the passphrase."""
    return io.BytesIO()


def status_lines(status: str) -> list[list[str]]:
    """Return what GnuPG says of its work, word by word (its `doc/DETAILS`)."""
    return [
        line.removeprefix(STATUS).split()
        for line in status.splitlines()
        if line.startswith(STATUS) and line != STATUS
    ]


@contextmanager
def open_keyring(location: Location) -> Iterator[Keyring]:
    """Give an empty keyring in a folder of its own, which is gone afterwards.

    Raises PgpError, at `location`, where python-gnupg or GnuPG is missing.
    """
    gpg = gpg_class(location)
    # Not under the project: the path of a socket may have a hundred characters.
    _sweep()
    home = tempfile.mkdtemp(prefix=PREFIX)
    # The copy of a private key that lives for seconds need not be slow to open.
    (Path(home) / "gpg-agent.conf").write_text("s2k-count 65536\n", "utf-8")
    try:
        try:
            yield Keyring(
                gpg(gnupghome=home, options=list(OPTIONS), env=os.environ | {"LC_ALL": "C"})
            )
        except OSError as error:
            if shutil.which("gpg"):
                raise
            raise PgpError(
                "`pgp` needs GnuPG, and there is no `gpg` on this machine",
                location,
                hint="install it: apt-get install gnupg, or brew install gnupg",
            ) from error
    finally:
        _stop_agent(home)
        shutil.rmtree(home, ignore_errors=True)


def _sweep() -> None:
    """Remove the keyrings that killed builds of this user left."""
    for left in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        # A build beside this one may have ended, and its keyring with it.
        with suppress(FileNotFoundError):
            status = left.lstat()
            if status.st_uid == os.getuid() and status.st_mtime < time.time() - FORGOTTEN:
                shutil.rmtree(left, ignore_errors=True)


def _stop_agent(home: str) -> None:
    """End the process that GnuPG leaves behind to hold the private keys of a keyring."""
    conf = shutil.which("gpgconf")
    if conf and any(Path(home).glob("S.gpg-agent*")):
        command = [conf, "--homedir", home, "--kill", "gpg-agent"]
        subprocess.run(command, check=False, capture_output=True, timeout=30)  # noqa: S603
