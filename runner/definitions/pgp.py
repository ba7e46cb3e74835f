"""Which OpenPGP keys open the files that come in, and close those that go out."""

from typing import Self

from pydantic import model_validator

from runner.definitions.declaration import Declaration, OneOrMore


class Decryption(Declaration):
    """The keys of files that come in encrypted; each key is a path or the text of the key."""

    # Ours; several while a new one replaces an old one.
    private_key: OneOrMore[str]
    passphrase: str | None = None
    # Public keys of the partner: one of them must have signed each file.
    signers: OneOrMore[str] = ()

    @model_validator(mode="after")
    def _some_key(self) -> Self:
        if not self.private_key:
            raise ValueError("expected a private key, or a list of them, at `private_key`")
        return self


class Encryption(Declaration):
    """The keys of files that go out encrypted; each key is a path or the text of the key."""

    # Public keys: each of them can open the file.
    recipients: OneOrMore[str]
    # Ours: the file is signed with it.
    signing_key: str | None = None
    passphrase: str | None = None
    # Written as text instead of bytes.
    armor: bool = False

    @model_validator(mode="after")
    def _somebody(self) -> Self:
        if not self.recipients:
            raise ValueError("expected the public key of a reader, or several, at `recipients`")
        return self
