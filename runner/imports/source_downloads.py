"""The files of a goal's sources, downloaded; those inside archives are taken from there (F7)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Self

from runner.definitions.import_goal import ImportGoal
from runner.errors import StageError
from runner.events import Listener, ignore
from runner.pgp import Decryptor
from runner.remote import Remote, RemoteFile, RemoteSettings
from runner.stage.archive import open_archive
from runner.stage.blob import Blob
from runner.stage.download import DownloadBatch, Downloads
from runner.stage.fetched_file import FetchedFile
from runner.stage.matched_files import MatchedFiles
from runner.stage.staging import Staging
from runner.workspace.pgp_keys import decryptors
from runner.workspace.remote_settings import server_name
from runner.workspace.workspace import Workspace


@dataclass(frozen=True)
class Unpacked:
    """What the archives of one file source hold."""

    matched: MatchedFiles
    # Member -> the archive that it came in.
    archives: Mapping[RemoteFile, RemoteFile]
    refused: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]
    # Archives that cannot be read.
    failures: tuple[tuple[RemoteFile, StageError], ...]


@dataclass(frozen=True)
class SourceDownloads:
    """Downloads files of one goal from its server."""

    goal: ImportGoal
    staging: Staging
    server: str
    remote: Remote
    connections: int
    listener: Listener
    # File source -> what decrypts its files, where they come encrypted.
    decryptors: Mapping[str, Decryptor]
    # What came in archives.
    _members: dict[RemoteFile, Blob] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        workspace: Workspace,
        goal: ImportGoal,
        remote: Remote,
        settings: RemoteSettings,
        listener: Listener = ignore,
    ) -> Self:
        """Return the downloads of a goal as a project sets them up."""
        return cls(
            goal,
            Staging(workspace.staging),
            server_name(settings, workspace.project.root),
            remote,
            settings.max_connections,
            listener,
            decryptors(workspace, goal),
        )

    def fetch(self, source: str, files: Sequence[RemoteFile]) -> Downloads:
        """Return files of a source with their content; members of archives are here already."""
        members = tuple(
            FetchedFile(file, self._members[file]) for file in files if file in self._members
        )
        outside = [file for file in files if file not in self._members]
        if not outside:
            return Downloads(members)
        downloads = DownloadBatch(
            self.staging,
            self.server,
            self.remote,
            outside,
            self.connections,
            self.listener,
            self.decryptors.get(source),
        ).fetch()
        return replace(downloads, files=(*members, *downloads.files))

    def known(self, source: str, files: Sequence[RemoteFile]) -> tuple[FetchedFile, ...]:
        """Return those files of a source whose content is here, without downloading any."""
        decryptor = self.decryptors.get(source)
        known = [(file, self.staging.known(self.server, file, decryptor)) for file in files]
        return tuple(FetchedFile(file, blob) for file, blob in known if blob)

    def unpack(
        self, source: str, matched: MatchedFiles, archives: Sequence[FetchedFile]
    ) -> Unpacked:
        """Return the files inside the archives of a source, instead of the archives."""
        pattern = self.goal.files[source].members or ""
        inside: dict[RemoteFile, RemoteFile] = {}
        refused: list[tuple[str, str]] = []
        warnings, failures = [], []
        for archive, blob in archives:
            try:
                opened = open_archive(blob, archive, pattern, self.staging.directory)
            except StageError as error:
                failures.append((archive, error))
                continue
            self._members.update(opened.files)
            inside |= {member: archive for member, _ in opened.files}
            refused += opened.refused
            if not opened.files:
                warnings.append(f"{archive.path} holds no file that fits {pattern}")
        files = tuple(inside)
        matched = replace(matched, files=files)
        return Unpacked(matched, inside, tuple(refused), tuple(warnings), tuple(failures))
