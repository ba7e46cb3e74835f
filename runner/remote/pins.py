"""The host keys that a connection trusts, and what is said of any other."""

from dataclasses import dataclass

from runner.errors import RemoteError
from runner.remote.host_key import ALGORITHMS, HostKey, read_host_key
from runner.remote.known_hosts import KnownHosts, read_known_hosts
from runner.remote.settings import RemoteSettings

# Of the kinds of keys that one server can have, asked for one after the other.
FAMILIES: tuple[tuple[str, ...], ...] = (
    ALGORITHMS["ssh-ed25519"],
    tuple(name for kind in ALGORITHMS for name in ALGORITHMS[kind] if name.startswith("ecdsa")),
    ALGORITHMS["ssh-rsa"],
)
ANY_ALGORITHM = tuple(name for family in FAMILIES for name in family)


class HostKeyError(RemoteError):
    """The server's host key is unknown, changed or revoked, or a pin cannot be read."""


@dataclass(frozen=True)
class Pins:
    """Keys and fingerprints that are trusted, and keys that never are."""

    keys: tuple[HostKey, ...] = ()
    fingerprints: tuple[str, ...] = ()
    revoked: tuple[HostKey, ...] = ()

    def admit(self, key: HostKey) -> bool:
        """Whether a server that shows this key is the one that was meant."""
        if key in self.revoked:
            return False
        return key in self.keys or key.fingerprint in self.fingerprints

    def orders(self, last: str = "") -> tuple[tuple[str, ...], ...]:
        """Return the host key algorithms to ask for, one handshake after the other.

        A server with several keys shows the one of the first algorithm that the client names:
        so the types that are pinned come first and alone. A fingerprint does not give its
        type, so each family is asked for, the one of the `last` key first. All other types
        follow only where a server has none that is pinned, to report what it shows instead.
        """
        pinned = tuple(dict.fromkeys(name for key in self.keys for name in ALGORITHMS[key.kind]))
        if not self.fingerprints:
            return tuple(order for order in (pinned, ANY_ALGORITHM) if order)
        first = ALGORITHMS.get(last, ())
        return tuple(dict.fromkeys(order for order in (first, pinned, *FAMILIES) if order))

    def refusal(self, settings: RemoteSettings, shown: HostKey) -> HostKeyError:
        """Return the error that says what the server shows, and how it would be pinned."""
        where = f"{settings.label}: the host key of {settings.address}"
        if shown in self.revoked:
            return HostKeyError(
                f"{where} is revoked in {settings.known_hosts}: {shown.kind} {shown.fingerprint}"
            )
        if not self.keys and not self.fingerprints:
            return HostKeyError(
                f"{where} is unknown: {shown.kind} {shown.fingerprint}",
                hint="compare the fingerprint with the server's owner, then pin the key in the"
                f" connection:\n  {shown.pin}",
            )
        known = (*(key.fingerprint for key in self.keys), *self.fingerprints)
        return HostKeyError(
            f"{where} has changed: it is now {shown.kind} {shown.fingerprint},"
            f" pinned is {', '.join(known)}",
            hint="someone may be between you and the server; connect only after its owner"
            f" confirms the new key, then pin it in the connection:\n  {shown.pin}",
        )


def read_pins(settings: RemoteSettings) -> Pins:
    """Return the pins of a connection, from `host_key` and its known_hosts file.

    Raises HostKeyError when a pin is not a public key or a SHA256 fingerprint.
    """
    keys: list[HostKey] = []
    fingerprints: list[str] = []
    for pin in settings.host_key:
        text = pin.strip()
        if text.startswith("SHA256:"):
            fingerprints.append(text.rstrip("="))
        # An environment variable that is not set pins nothing.
        elif text:
            keys.append(_read_pin(text, settings))
    known = read_known_hosts(settings) if settings.known_hosts else KnownHosts()
    return Pins((*keys, *known.keys), tuple(fingerprints), known.revoked)


def _read_pin(text: str, settings: RemoteSettings) -> HostKey:
    try:
        return read_host_key(text)
    except ValueError as error:
        raise HostKeyError(
            f"{settings.label}: host_key cannot be read: {error}",
            hint='write it as "ssh-ed25519 AAAA..." or as "SHA256:..."',
        ) from error
