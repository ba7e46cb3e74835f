"""The public key by which an SSH server is known."""

import base64
import binascii
import hashlib
from dataclasses import dataclass

# The host key algorithms (RFC 4253, 5656, 8332, 8709) by the type that is in the key.
ALGORITHMS: dict[str, tuple[str, ...]] = {
    "ssh-ed25519": ("ssh-ed25519",),
    "ecdsa-sha2-nistp256": ("ecdsa-sha2-nistp256",),
    "ecdsa-sha2-nistp384": ("ecdsa-sha2-nistp384",),
    "ecdsa-sha2-nistp521": ("ecdsa-sha2-nistp521",),
    "ssh-rsa": ("rsa-sha2-512", "rsa-sha2-256"),
}


@dataclass(frozen=True)
class HostKey:
    """A host key: its type, and the public key as the SSH protocol sends it (RFC 4253, 6.6)."""

    kind: str
    blob: bytes

    @property
    def fingerprint(self) -> str:
        """`SHA256:` and the unpadded base64 of the hash, as OpenSSH prints it."""
        digest = hashlib.sha256(self.blob).digest()
        return "SHA256:" + base64.b64encode(digest).decode().rstrip("=")

    @property
    def line(self) -> str:
        """Type and base64, as in a known_hosts file and in `host_key`."""
        return f"{self.kind} {base64.b64encode(self.blob).decode()}"

    @property
    def pin(self) -> str:
        """The line of YAML that pins this key."""
        return f'host_key: "{self.line}"'


def read_host_key(text: str) -> HostKey:
    """Return the key in "ssh-ed25519 AAAA... comment", "host ssh-ed25519 AAAA..." or "AAAA...".

    Raises ValueError with the reason when there is no key in the text, or of a type that is
    not supported.
    """
    words = text.split()
    encoded = next((word for word in words if word.startswith("AAAA")), None)
    if encoded is None:
        raise ValueError("it holds no public key (the part that begins with AAAA)")
    kind, blob = _decoded(encoded)
    before = words[: words.index(encoded)]
    if before and before[-1] != kind:
        raise ValueError(f"it says {before[-1]}, but the key is of type {kind}")
    if kind not in ALGORITHMS:
        raise ValueError(f"the key type {kind} is not supported; use {', '.join(ALGORITHMS)}")
    return HostKey(kind, blob)


def _decoded(encoded: str) -> tuple[str, bytes]:
    """Return the type and the blob: fields that each follow their length, the type first."""
    try:
        blob = base64.b64decode(encoded + "=" * (-len(encoded) % 4), validate=True)
        fields, rest = [], blob
        while rest:
            end = 4 + int.from_bytes(rest[:4], "big")
            if end > len(rest):
                raise ValueError("the key is cut off; copy the whole line")
            fields.append(rest[4:end])
            rest = rest[end:]
        kind = fields[0].decode("ascii") if len(fields) > 1 else ""
    except (binascii.Error, UnicodeDecodeError):
        kind = ""
    if not kind:
        raise ValueError("its base64 is broken; copy the whole line")
    return kind, blob
