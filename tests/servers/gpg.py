"""Partners with OpenPGP keys of their own: GnuPG, each with a home of its own."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

OPTIONS = ("--batch", "--yes", "--quiet", "--pinentry-mode", "loopback", "--trust-model", "always")


@dataclass(frozen=True)
class Partner:
    """Somebody with a key."""

    home: str
    address: str
    passphrase: str

    def gpg(self, *arguments: str, content: bytes = b"") -> bytes:
        """Run gpg in the partner's home; returns what it writes."""
        command = ["gpg", "--homedir", self.home, *OPTIONS, "--passphrase", self.passphrase]
        done = subprocess.run([*command, *arguments], input=content, capture_output=True)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout

    @property
    def public(self) -> str:
        """Return the public key, as text."""
        return self.gpg("--armor", "--export", self.address).decode()

    @property
    def private(self) -> str:
        """Return the private key, as text."""
        return self.gpg("--armor", "--export-secret-keys", self.address).decode()

    def meet(self, other: "Partner") -> None:
        """Take the public key of another one."""
        self.gpg("--import", content=other.public.encode())

    def seal(self, content: bytes, *readers: "Partner", options: tuple[str, ...] = ()) -> bytes:
        """Return content as gpg encrypts it for readers; `--sign` among the options signs it."""
        names = [word for reader in readers for word in ("--recipient", reader.address)]
        return self.gpg(*names, "--encrypt", *options, content=content)

    def unseal(self, content: bytes) -> tuple[bytes, str]:
        """Return what an encrypted file holds, and the words of gpg about its signature."""
        with tempfile.NamedTemporaryFile() as status:
            plain = self.gpg("--status-file", status.name, "--decrypt", content=content)
            return plain, Path(status.name).read_text()


@contextmanager
def partners(*names: str, passphrase: str = "", expired: bool = False) -> Iterator[list[Partner]]:
    """Give partners, each with a key that signs and encrypts, or did until years ago."""
    past = ("--faked-system-time", "20200101T000000") if expired else ()
    end = "2020-02-01" if expired else "never"
    made: list[Partner] = []
    try:
        for name in names:
            # Not in pytest's folders: the path of the agent's socket may have a hundred letters.
            partner = Partner(tempfile.mkdtemp(prefix="gpg-"), f"{name}@example.com", passphrase)
            made.append(partner)
            Path(partner.home, "gpg-agent.conf").write_text("s2k-count 65536\n")
            kind = ("rsa2048", "sign,encr", end)
            partner.gpg(*past, "--quick-generate-key", partner.address, *kind)
        yield made
    finally:
        for partner in made:
            stop = ["gpgconf", "--homedir", partner.home, "--kill", "gpg-agent"]
            subprocess.run(stop, check=False, capture_output=True)
            shutil.rmtree(partner.home, ignore_errors=True)
