"""How a connection is reached by a target: its settings rendered, secrets filled in."""

from pathlib import Path
from typing import Any

from runner.definitions.connection import Connection
from runner.errors import Location, UsageError
from runner.remote import RemoteSettings
from runner.workspace.workspace import Workspace


def remote_settings(workspace: Workspace, connection: Connection) -> RemoteSettings:
    """Return the settings with which a connection is opened.

    Raises DefinitionError where an environment variable is not set, UsageError where a port is
    no number.
    """
    override = workspace.target.connections.get(connection.connection)
    access = connection.access(override)

    def location(field: str) -> Location:
        stated = override is not None and field in override.model_fields_set
        return (override if stated and override is not None else connection).location(field)

    def text(field: str) -> str:
        value = str(getattr(access, field) or "")
        return workspace.rendered(value, location(field)) if value else ""

    def secret(field: str) -> str:
        value = getattr(access.authentication, field) or ""
        return workspace.rendered(value, access.authentication.location(field)) if value else ""

    path = text("path")
    options: dict[str, Any] = {
        name: workspace.rendered(value, location("options")) if isinstance(value, str) else value
        for name, value in access.options.items()
    }
    if access.type == "local":
        path = str(workspace.project.root / path)
        if access.seed:
            options["seed"] = str(workspace.project.root / text("seed"))
    known_hosts = text("known_hosts")
    keys = (workspace.rendered(key, location("host_key")) for key in access.host_key)
    return RemoteSettings(
        name=connection.connection,
        kind=access.type,
        host=text("host"),
        port=_port(text("port"), location("port")),
        username=text("username"),
        password=secret("password") or None,
        private_key=_key(secret("private_key"), workspace.project.root),
        passphrase=secret("passphrase") or None,
        host_key=tuple(filter(None, keys)),
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


def server_name(settings: RemoteSettings) -> str:
    """Return which server these settings reach, without secrets: one name per server and root."""
    host = f"{settings.username}@{settings.address}" if settings.host else ""
    return f"{settings.name} {settings.kind}:{host}/{settings.path}"


def _port(text: str, location: Location) -> int:
    if not text.isdigit():
        raise UsageError(f"found '{text}' for `port`; expected a number", location)
    return int(text)


def _key(text: str, root: Path) -> str | None:
    """Return the key's text, or its path seen from the project."""
    if not text or "\n" in text or "PRIVATE KEY" in text:
        return text or None
    return str(root / Path(text).expanduser())
