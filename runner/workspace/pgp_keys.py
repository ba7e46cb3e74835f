"""The OpenPGP keys of a goal: settings rendered, files read."""

from collections.abc import Mapping
from pathlib import Path

from runner.definitions.export_goal import ExportProfiles
from runner.definitions.import_goal import ImportGoal
from runner.definitions.pgp import Decryption, Encryption
from runner.errors import Location
from runner.key_text import from_base64, shown_path
from runner.pgp import DecryptionKeys, Decryptor, EncryptionKeys, Key, PgpError
from runner.workspace.workspace import Workspace

ARMOR = "-----BEGIN PGP"


def decryptors(workspace: Workspace, goal: ImportGoal) -> Mapping[str, Decryptor]:
    """Return what opens the files of each source whose files come encrypted.

    Raises PgpError where a key is not there, DefinitionError where a variable is not set.
    """
    declared = {name: goal.format_of(name).pgp for name in goal.files}
    return {
        name: Decryptor(_decryption(workspace, pgp))
        for name, pgp in declared.items()
        if pgp is not None
    }


def encryption(workspace: Workspace, goal: ExportProfiles) -> EncryptionKeys | None:
    """Return the keys of the files of an export; None where they go out as they are.

    Raises as `decryptors`.
    """
    pgp = goal.format.pgp
    if pgp is None:
        return None
    signing = pgp.signing_key
    location = pgp.location("signing_key")
    return EncryptionKeys(
        recipients=_keys(workspace, pgp, "recipients", pgp.recipients),
        signing=_key(workspace, signing, "the signing key", location) if signing else None,
        location=goal.format.location("pgp", of_key=True),
        armor=pgp.armor,
        passphrase=_passphrase(workspace, pgp),
    )


def _decryption(workspace: Workspace, pgp: Decryption) -> DecryptionKeys:
    return DecryptionKeys(
        private=_keys(workspace, pgp, "private_key", pgp.private_key),
        signers=_keys(workspace, pgp, "signers", pgp.signers),
        location=pgp.location("private_key", of_key=True),
        passphrase=_passphrase(workspace, pgp),
    )


def _passphrase(workspace: Workspace, pgp: Decryption | Encryption) -> str | None:
    written = pgp.passphrase
    location = pgp.location("passphrase")
    # Files and secrets of CI systems often end in a line end that is none of the passphrase.
    text = workspace.secret(written, location).rstrip("\r\n") if written else ""
    if any(sign in text for sign in "\r\n\0"):
        raise PgpError("the passphrase has several lines", location, "check what holds it")
    return text or None


def _keys(
    workspace: Workspace, pgp: Decryption | Encryption, field: str, written: tuple[str, ...]
) -> tuple[Key, ...]:
    kinds = {"private_key": "private key", "signers": "key of a signer"}
    what = kinds.get(field, "key of a recipient")
    return tuple(_key(workspace, text, f"the {what}", pgp.location(field)) for text in written)


def _key(workspace: Workspace, written: str, what: str, location: Location) -> Key:
    text = workspace.secret(written, location)
    packed = from_base64(text) or ""
    if ARMOR in packed:
        text = packed
    if ARMOR in text:
        # Environment variables of CI systems often hold the line ends as a backslash and an n.
        lines = text if "\n" in text.strip() else text.replace("\\n", "\n")
        return Key(lines.encode(), what, location)
    if "\n" in text.strip() or not text.strip():
        raise PgpError(f"{what} is neither a path nor the text of a key", location)
    path = workspace.project.root / Path(text).expanduser()
    try:
        return Key(path.read_bytes(), f"{what} {text}", location)
    except OSError as error:
        if shown_path(path) is None:
            message = f"{what} is neither the path of a file nor the text of a key"
        else:
            message = f"cannot read {what} {text}: {error.strerror}"
        raise PgpError(message, location) from error
