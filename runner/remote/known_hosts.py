"""Files in OpenSSH's known_hosts format (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT)."""

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from runner.errors import RemoteError
from runner.remote.host_key import HostKey, read_host_key
from runner.remote.settings import RemoteSettings


@dataclass(frozen=True)
class KnownHosts:
    """What a known_hosts file says about one server."""

    keys: tuple[HostKey, ...] = ()
    revoked: tuple[HostKey, ...] = ()


def read_known_hosts(settings: RemoteSettings) -> KnownHosts:
    """Return what the connection's known_hosts file says about its host and port.

    Hashed names, wildcards, `!` and `[host]:port` are understood; certificate authorities are
    not used. Raises RemoteError when the file cannot be read.
    """
    path = Path(settings.known_hosts or "").expanduser()
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise RemoteError(
            f"{settings.label}: cannot read the known_hosts file {path}: {error.strerror}"
        ) from error
    name = settings.host.lower()
    sought = name if settings.port == 22 else f"[{name}]:{settings.port}"
    keys: list[HostKey] = []
    revoked: list[HostKey] = []
    for line in text.splitlines():
        marker, hosts, key = _parts(line)
        if key is None or marker == "@cert-authority" or not _names(hosts, sought):
            continue
        (revoked if marker == "@revoked" else keys).append(key)
    return KnownHosts(tuple(keys), tuple(revoked))


def _parts(line: str) -> tuple[str, str, HostKey | None]:
    """Split a line in marker, hosts and key; no key for comments and what is not understood."""
    fields = line.split()
    marker = fields.pop(0) if fields and fields[0].startswith("@") else ""
    if len(fields) < 3 or fields[0].startswith("#"):
        return marker, "", None
    try:
        return marker, fields[0], read_host_key(" ".join(fields[1:3]))
    except ValueError:
        return marker, fields[0], None


def _names(hosts: str, sought: str) -> bool:
    if hosts.startswith("|1|"):
        return _is_hash_of(hosts, sought)
    patterns = hosts.lower().split(",")
    if any(pattern[:1] == "!" and _matches(pattern[1:], sought) for pattern in patterns):
        return False
    return any(_matches(pattern, sought) for pattern in patterns)


def _matches(pattern: str, sought: str) -> bool:
    return fnmatchcase(sought, pattern.replace("[", "[[]"))


def _is_hash_of(hashed: str, sought: str) -> bool:
    """Whether `|1|salt|hash` is the HMAC-SHA1 of the host, with the salt as its key."""
    try:
        salt, digest = (base64.b64decode(part, validate=True) for part in hashed[3:].split("|"))
    except (binascii.Error, ValueError):
        return False
    return hmac.compare_digest(hmac.new(salt, sought.encode(), hashlib.sha1).digest(), digest)
