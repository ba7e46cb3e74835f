"""How a connection is reached by a target: its settings rendered, secrets filled in."""

from pathlib import Path
from typing import Any

from runner.build.workspace import Workspace
from runner.definitions.connection import Access, Connection
from runner.errors import Place, UsageError
from runner.remote import RemoteSettings


def remote_settings(workspace: Workspace, connection: Connection) -> RemoteSettings:
    """Return the settings with which a connection is opened.

    Raises DefinitionError where an environment variable is not set, UsageError where a port is
    no number.
    """
    override = workspace.target.connections.get(connection.connection)
    access = connection.access(override)
    written = override if override is not None and _is_other(override, connection) else connection
    place = written.place("type")

    def text(value: str | None) -> str:
        return workspace.rendered(value, place) if value else ""

    authentication = access.authentication
    path = text(access.path)
    options: dict[str, Any] = {
        name: text(value) if isinstance(value, str) else value
        for name, value in access.options.items()
    }
    if access.type == "local":
        root = workspace.project.root
        path = str(root / path)
        if access.seed:
            options["seed"] = str(root / text(access.seed))
    known_hosts = text(access.known_hosts)
    return RemoteSettings(
        name=connection.connection,
        kind=access.type,
        host=text(access.host),
        port=_port(text(str(access.port)), place),
        username=text(access.username),
        password=text(authentication.password) or None,
        private_key=_key(text(authentication.private_key), workspace.project.root),
        passphrase=text(authentication.passphrase) or None,
        host_key=tuple(filter(None, (text(key) for key in access.host_key))),
        known_hosts=str(workspace.project.root / Path(known_hosts).expanduser())
        if known_hosts
        else None,
        path=path,
        options=options,
        timeout=access.timeout,
        keepalive=int(access.keepalive),
        retries=access.retries,
        backoff=access.backoff,
        max_connections=access.max_connections,
    )


def place_name(settings: RemoteSettings) -> str:
    """Return which place these settings reach, without secrets: one name per server and root."""
    host = f"{settings.username}@{settings.address}" if settings.host else ""
    return f"{settings.name} {settings.kind}:{host}/{settings.path}"


def _is_other(override: Access, connection: Connection) -> bool:
    return override.type != connection.type


def _port(text: str, place: Place) -> int:
    if not text.isdigit():
        raise UsageError(f"found '{text}' for `port`; expected a number", place)
    return int(text)


def _key(text: str, root: Path) -> str | None:
    """Return the key's text, or its path seen from the project."""
    if not text or "\n" in text or "PRIVATE KEY" in text:
        return text or None
    return str(root / Path(text).expanduser())
