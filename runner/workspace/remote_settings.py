"""How a connection is reached by a target: its settings rendered, secrets filled in."""

from pathlib import Path
from typing import Any

from runner.definitions.connection import Access, Connection
from runner.definitions.declaration import Declaration
from runner.definitions.host import URL_AS_HOST, is_url
from runner.errors import DefinitionError, Location, UsageError
from runner.key_text import from_base64
from runner.remote import RemoteSettings
from runner.workspace.workspace import Workspace


def remote_settings(workspace: Workspace, connection: Connection) -> RemoteSettings:
    """Return the settings with which a connection is opened.

    Raises DefinitionError where an environment variable is not set, UsageError where a port is
    not a number.
    """
    written = _Written(workspace, connection)
    access, root = written.access, workspace.project.root
    known_hosts = written.text("known_hosts")
    keys = (workspace.rendered(key, written.location("host_key")) for key in access.host_key)
    path = written.text("path")
    return RemoteSettings(
        name=connection.connection,
        kind=access.type,
        host=_host(written.text("host"), written.location("host")),
        port=_port(written.text("port"), written.location("port")),
        username=written.text("username"),
        password=written.secret("password") or None,
        private_key=_key(written.secret("private_key"), root),
        passphrase=written.secret("passphrase") or None,
        host_key=tuple(filter(None, keys)),
        known_hosts=_known_hosts(known_hosts, root),
        proxy_jump=written.proxy_jump(),
        path=str(root / path) if access.type == "local" else path,
        options=written.options(),
        timeout=access.timeout,
        transfer_timeout=access.transfer_timeout,
        keepalive=int(access.keepalive),
        retries=access.retries,
        backoff=access.backoff,
        max_connections=access.max_connections,
    )


def rendered_access(workspace: Workspace, connection: Connection) -> Access:
    """Return where a connection leads, rendered; as it is written where a variable is not set."""
    written = _Written(workspace, connection)
    try:
        rendered = {name: written.text(name) for name in ("host", "port", "username", "path")}
    except DefinitionError:
        return written.access
    return written.access.model_copy(update=rendered)


class _Written:
    """The settings of a connection as they are written, those of the target first."""

    def __init__(self, workspace: Workspace, connection: Connection) -> None:
        self._workspace = workspace
        self._connection = connection
        self._override = workspace.target.connections.get(connection.connection)
        self.access = connection.access(self._override)

    def location(self, field: str) -> Location:
        """Return where a setting is written."""
        override = self._override
        if override is not None and field in override.model_fields_set:
            return override.location(field)
        return self._connection.location(field)

    def text(self, field: str) -> str:
        """Return a setting, rendered."""
        value = str(getattr(self.access, field) or "")
        return self._workspace.rendered(value, self.location(field)) if value else ""

    def secret(self, field: str, given: Declaration | None = None) -> str:
        """Return a setting of the connection's authentication, or of a given one, rendered."""
        authentication = given or self.access.authentication
        value = getattr(authentication, field) or ""
        return self._workspace.secret(value, authentication.location(field)) if value else ""

    def proxy_jump(self) -> RemoteSettings | None:
        """Return the settings of the server through which this one is reached."""
        jump, root = self.access.proxy_jump, self._workspace.project.root
        if jump is None:
            return None

        def text(field: str) -> str:
            value = str(getattr(jump, field) or "")
            return self._workspace.rendered(value, jump.location(field)) if value else ""

        given = jump.authentication
        is_own = bool(given.model_fields_set)
        secrets = {
            name: self.secret(name, given if is_own else None)
            for name in ("password", "private_key", "passphrase")
        }
        keys = (self._workspace.rendered(key, jump.location("host_key")) for key in jump.host_key)
        return RemoteSettings(
            name=f"{self._connection.connection}, proxy_jump",
            kind="sftp",
            host=_host(text("host"), jump.location("host")),
            port=_port(text("port"), jump.location("port")),
            username=text("username") or self.text("username"),
            password=secrets["password"] or None,
            private_key=_key(secrets["private_key"], root),
            passphrase=secrets["passphrase"] or None,
            host_key=tuple(filter(None, keys)),
            known_hosts=_known_hosts(text("known_hosts"), root),
            timeout=self.access.timeout,
            keepalive=int(self.access.keepalive),
        )

    def options(self) -> dict[str, Any]:
        """Return the options of the filesystem, rendered; for a local one with its seed folder."""
        rendered, location = self._workspace.secret, self.location("options")
        options = {
            name: rendered(value, location) if isinstance(value, str) else value
            for name, value in self.access.options.items()
        }
        if self.access.type == "local" and self.access.seed:
            options["seed"] = str(self._workspace.project.root / self.text("seed"))
        return options


def _known_hosts(text: str, root: Path) -> str | None:
    return str(root / Path(text).expanduser()) if text else None


def server_name(settings: RemoteSettings, root: Path) -> str:
    """Return which server these settings reach, without secrets: one name per server and folder.

    A folder inside the project, which is at `root`, has the same name wherever the project is.
    """
    host = f"{settings.username}@{settings.address}" if settings.host else ""
    path = Path(settings.path)
    if settings.kind == "local" and path.is_relative_to(root):
        return f"{settings.name} local:{path.relative_to(root).as_posix()}"
    return f"{settings.name} {settings.kind}:{host}/{settings.path}"


def _host(text: str, location: Location) -> str:
    """Return a host; an IPv6 address may have the brackets that it has in a URL.

    Raises UsageError for a URL, without it: a password may be in it.
    """
    if is_url(text):
        raise UsageError(URL_AS_HOST, location)
    return text.removeprefix("[").removesuffix("]")


def _port(text: str, location: Location) -> int:
    if not text.isdigit():
        raise UsageError(f"found '{text}' for `port`; expected a number", location)
    return int(text)


def _key(text: str, root: Path) -> str | None:
    """Return the key's text, or its path seen from the project."""
    if not text:
        return None
    for key in (text, from_base64(text)):
        if key and ("PRIVATE KEY" in key or key.startswith("PuTTY-")):
            return key
    if "\n" in text:
        return text
    return str(root / Path(text).expanduser())
