"""A connection: how to reach its server, whom to notify, and its goals."""

from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field

from runner.definitions.declaration import Declaration, OneOrMore, Scalar
from runner.definitions.duration import Duration
from runner.definitions.export_goal import ExportGroups, ExportProfiles
from runner.definitions.file_source import Name
from runner.definitions.format import Format
from runner.definitions.host import Host
from runner.definitions.import_goal import ImportGoal, ImportGroups, ImportProfiles
from runner.definitions.import_products import ImportProducts
from runner.definitions.notify import Notify
from runner.definitions.objective import ObjectiveNames
from runner.definitions.schedule import Schedule
from runner.errors import nearest


class Authentication(Declaration):
    """How an SFTP user authenticates: a password, a private key, or both."""

    password: str | None = None
    # A path, or the text of the key.
    private_key: str | None = None
    passphrase: str | None = None


class ProxyJump(Declaration):
    """An SSH server through which the server of a connection is reached."""

    host: Host
    port: Annotated[int, Field(ge=1, le=65535)] | str = 22
    # Whoever logs in there: the user of the connection, as they do on its server, where absent.
    username: str = ""
    authentication: Authentication = Authentication()
    host_key: OneOrMore[str] = ()
    known_hosts: str | None = None


PROTOCOLS = (
    *("sftp", "local", "s3", "gs", "gcs", "az", "abfs", "ftp", "ftps", "http", "https"),
    *("smb", "webdav", "memory", "hdfs", "oss", "file"),
)
"""Kinds of places that messages know; fsspec has more."""


def _kind(value: str) -> str:
    guess = nearest(value, PROTOCOLS)
    if value not in PROTOCOLS and guess:
        raise ValueError(f"found '{value}'.{guess} Expected sftp, local, or a protocol of fsspec")
    return value


class Access(Declaration):
    """How a server is reached; a target may override it for one of its connections."""

    # sftp, local, or any fsspec protocol such as s3, gs, az, ftp, memory.
    type: Annotated[str, AfterValidator(_kind)] = "sftp"
    host: Host = ""
    port: Annotated[int, Field(ge=1, le=65535)] | str = 22
    username: str = ""
    authentication: Authentication = Authentication()
    # The server's key, or its SHA256 fingerprint; several while a server changes its key.
    host_key: OneOrMore[str] = ()
    known_hosts: str | None = None
    # Where the server can only be reached through another one.
    proxy_jump: ProxyJump | None = None
    # The folder that all paths of the goals start from.
    path: str = ""
    # Only for `type: local`: files of this folder are put into `path` first, as a partner would.
    seed: str | None = None
    # Options of the fsspec protocol.
    options: Annotated[dict[str, Scalar], Field(default_factory=dict)]
    timeout: Duration = 30.0
    # What one file may take; a slow server would hold the lock of the warehouse for ever (B9).
    transfer_timeout: Duration = 6 * 3600.0
    keepalive: Duration = 30.0
    retries: Annotated[int, Field(ge=0)] = 3
    backoff: Duration = 1.0
    max_connections: Annotated[int, Field(ge=1, le=32)] = 4


Goal = Annotated[
    ImportProfiles | ImportGroups | ImportProducts | ExportProfiles | ExportGroups,
    Field(discriminator="kind"),
]


class Connection(Access):
    """One file of `connections/`."""

    connection: Name
    title: str = ""
    description: str = ""
    labels: OneOrMore[str] = ()
    enabled: bool = True
    # What its goals process profiles for: people without consent are left out (C1).
    objectives: ObjectiveNames = ()
    notify: Notify = Notify()
    schedule: Schedule | None = None
    # The format of files that its goals import, where they state no other.
    format: Format | None = None
    # How long its staged files are kept; as the project says where absent.
    retention: Duration | None = None
    goals: tuple[Goal, ...] = ()

    def with_format(self, project: Format | None) -> Self:
        """Return this connection with goals that inherit its format, and that of the project."""
        inherited = (project or Format()).overlaid(self.format)
        if not inherited.model_fields_set:
            return self
        goals = (
            goal.with_changes(format=inherited.overlaid(goal.format))
            if isinstance(goal, ImportGoal)
            else goal
            for goal in self.goals
        )
        return self.with_changes(goals=tuple(goals))

    def access(self, override: Access | None) -> Access:
        """Return how this connection is reached, given what the target states instead.

        A target that states another type replaces all; otherwise only the keys it states.
        """
        fields = set(Access.model_fields)
        if (
            override is not None
            and "type" in override.model_fields_set
            and override.type != self.type
        ):
            return override
        stated: dict[str, Any] = {name: getattr(self, name) for name in fields}
        if override is not None:
            stated |= {name: getattr(override, name) for name in override.model_fields_set}
        return Access.model_construct(**stated)
