"""The root directory of a connection on an SFTP server."""

from dataclasses import dataclass

from runner.remote.path import inner_path, joined
from runner.remote.settings import RemoteSettings


@dataclass(frozen=True)
class Root:
    """Turns the paths of definitions into those that the server takes."""

    settings: RemoteSettings

    def inner(self, path: str) -> str:
        """Return a path below the root; RemoteError when it climbs out.

        It stays absolute where it was so and the connection has no root directory.
        """
        inner = inner_path(path, self.settings)
        return f"/{inner}" if path.startswith("/") and not self.settings.path else inner

    def full(self, inner: str) -> str:
        """Return an inner path as the server takes it; the root itself for the empty one."""
        return joined(self.settings.path, inner) if inner else self.settings.path or "."
