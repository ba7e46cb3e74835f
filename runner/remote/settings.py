"""How one remote place is reached."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class RemoteSettings:
    """What a connection declares about its place, with every secret already filled in.

    Secrets are left out of `repr`, so that a traceback or a log cannot show them.
    """

    # The connection, for messages.
    name: str
    # `sftp`, `local`, or the name of an fsspec protocol (`s3`, `gs`, `az`, `ftp`, `memory` ...).
    kind: str
    host: str = ""
    port: int = 22
    username: str = ""
    password: str | None = field(default=None, repr=False)
    # A path, or the text of the key itself.
    private_key: str | None = field(default=None, repr=False)
    passphrase: str | None = field(default=None, repr=False)
    # Pins: "ssh-ed25519 AAAA...", the bare base64, or "SHA256:..."; any of them is accepted.
    host_key: tuple[str, ...] = ()
    # The path of a file in OpenSSH's known_hosts format.
    known_hosts: str | None = None
    # The server through which this one is reached.
    proxy_jump: "RemoteSettings | None" = None
    # The root directory; empty is the login directory of an SFTP server.
    path: str = ""
    # Passed on to fsspec; for `local`: `seed`, a folder whose files are put into the root.
    options: Mapping[str, Any] = field(default_factory=dict, repr=False)
    # Seconds without an answer after which the server counts as gone.
    timeout: float = 30
    # Seconds that one file may take, all attempts together.
    transfer_timeout: float = 6 * 3600
    # Seconds of silence after which a sign of life is sent; 0 sends none.
    keepalive: int = 30
    # How many more times a transient failure is tried, and the seconds before the first of
    # them; the wait doubles each time.
    retries: int = 3
    backoff: float = 1.0
    # How many operations run at once, each on a connection of its own.
    max_connections: int = 4

    @property
    def label(self) -> str:
        """The connection as messages name it."""
        return f"connection '{self.name}'"

    @property
    def address(self) -> str:
        """Host and port as messages name them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"
