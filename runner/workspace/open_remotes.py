"""The connections that a command has open: each is opened once, and closed at the end."""

from contextlib import ExitStack
from typing import Self

from runner.definitions.connection import Connection
from runner.errors import RunnerError
from runner.remote import ReadOnlyRemote, Remote, RemoteSettings, open_remote, seeded_copy
from runner.workspace.remote_settings import remote_settings
from runner.workspace.workspace import Workspace


class OpenRemotes:
    """Connections by name; one that failed fails again for each goal, without another try.

    Those of a temporary copy of a workspace are only read.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._opened = ExitStack()
        self._remotes: dict[str, tuple[Remote, RemoteSettings] | RunnerError] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._opened.close()

    def open(self, connection: Connection) -> tuple[Remote, RemoteSettings]:
        """Return a connection, open, and how it was reached.

        Raises RemoteError, or DefinitionError where a setting cannot be rendered.
        """
        name = connection.connection
        if name not in self._remotes:
            try:
                settings = remote_settings(self._workspace, connection)
                self._remotes[name] = (self._connected(settings), settings)
            except RunnerError as error:
                self._remotes[name] = error
        found = self._remotes[name]
        if isinstance(found, RunnerError):
            raise found
        return found

    def _connected(self, settings: RemoteSettings) -> Remote:
        copied_to = self._workspace.copied_to
        if copied_to is None:
            return self._opened.enter_context(open_remote(settings))
        if settings.options.get("seed"):
            settings = seeded_copy(settings, copied_to / "remotes" / settings.name)
        return ReadOnlyRemote(self._opened.enter_context(open_remote(settings)))
