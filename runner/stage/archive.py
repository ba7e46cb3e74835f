"""Files inside a zip, each taken as a file of its own (F7)."""

import fnmatch
import json
import re
import stat
import zipfile
from dataclasses import dataclass
from pathlib import Path

from runner.errors import StageError
from runner.remote import RemoteFile
from runner.remote.name import name_fault
from runner.stage.blob import Blob, blob_at
from runner.stage.compression import compression_of, damage_reported, is_clutter
from runner.stage.decompression import CHUNK, Bounds
from runner.stage.foreign_file import refuse_workbook
from runner.stage.hashing_writer import HashingWriter
from runner.stage.part_file import part_file, replacing

MOST_ENTRIES = 10_000
"""The most entries that an archive may have."""


@dataclass(frozen=True)
class ArchiveFiles:
    """What an archive holds for a file source."""

    # The files that fit, in the order of their names: `bundle.zip/orders.csv`, with the time of
    # the archive.
    files: tuple[tuple[RemoteFile, Blob], ...]
    # Names that lead out of the archive, or that are not those of plain files, with the reason.
    refused: tuple[tuple[str, str], ...]


def open_archive(
    blob: Blob, file: RemoteFile, pattern: str, staging: Path, bounds: Bounds | None = None
) -> ArchiveFiles:
    """Return the files of a zip whose name fits a glob, each with its content in staging.

    A glob with a slash is matched to the whole path inside, another to the last name. Each
    content is written once, beside the archive's. Raises StageError for what is not a zip, is
    damaged or encrypted, has two files of one name or too many, or grows beyond the bounds.
    """
    if compression_of(blob.path) != "zip":
        raise StageError(f"{file.path}: `members` needs a zip, and this is not one")
    try:
        with damage_reported(file.path, "zip"), zipfile.ZipFile(blob.path) as archive:
            fitting, refused = _entries(archive, file, pattern)
            extraction = _Extraction(archive, blob, file, staging, bounds or Bounds())
            contents = extraction.contents(fitting)
    except OSError as error:
        reason = error.strerror or str(error)
        raise StageError(f"{file.path}: cannot write to {staging}: {reason}") from error
    members = [
        (_member(file, entry.filename, content), content)
        for entry, content in zip(fitting, contents, strict=True)
    ]
    return ArchiveFiles(tuple(members), refused)


def _member(file: RemoteFile, inner: str, content: Blob) -> RemoteFile:
    name = inner.rpartition("/")[2]
    return RemoteFile(
        f"{file.path}/{inner}", name, content.size, file.modified_at, file.is_comparable
    )


def _entries(
    archive: zipfile.ZipFile, file: RemoteFile, pattern: str
) -> tuple[list[zipfile.ZipInfo], tuple[tuple[str, str], ...]]:
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise StageError(f"{file.path}: the zip has {len(entries)} entries, more than 10,000")
    fits = re.compile(fnmatch.translate(pattern)).match
    refuse_workbook(archive, file.path)
    fitting: dict[str, zipfile.ZipInfo] = {}
    refused = []
    for entry in entries:
        path = entry.filename
        if entry.is_dir() or is_clutter(path):
            continue
        fault = _fault(entry)
        if fault:
            refused.append((f"{file.path}/{path!r}", fault))
        elif fits(path if "/" in pattern else path.rpartition("/")[2]):
            if path in fitting:
                raise StageError(f"{file.path}: the zip has two files of the name '{path}'")
            fitting[path] = entry
    return [fitting[name] for name in sorted(fitting)], tuple(refused)


def _fault(entry: zipfile.ZipInfo) -> str:
    """Return why an entry is refused; empty for a plain file inside the archive (F1)."""
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        return "it is not a regular file"
    path = entry.filename.replace("\\", "/")
    parts = path.split("/")
    if path.startswith("/") or ".." in parts or re.match(r"[A-Za-z]:", path):
        return "the name leads out of the archive"
    return next((fault for fault in map(name_fault, parts) if fault), "")


class _Extraction:
    """Writes the members of one archive to staging; what is there already is kept."""

    def __init__(
        self, archive: zipfile.ZipFile, blob: Blob, file: RemoteFile, staging: Path, bounds: Bounds
    ) -> None:
        self._archive = archive
        self._blob = blob
        self._file = file
        self._staging = staging
        self._left = self._allowed = bounds.allowed(blob.size)

    def contents(self, entries: list[zipfile.ZipInfo]) -> list[Blob]:
        """Return the content of each entry."""
        kept = self._kept()
        found = []
        for entry in entries:
            known = blob_at(self._staging, kept.get(entry.filename, ""))
            is_fitting = known and (known.size == entry.file_size or known.is_erased)
            if known and is_fitting and known.is_intact:
                found.append(known)
            else:
                found.append(self._extracted(entry))
        members = {entry.filename: blob.sha256 for entry, blob in zip(entries, found, strict=True)}
        if not members.items() <= kept.items():
            with replacing(self._blob.beside("members.json")) as part:
                part.write_text(json.dumps({**kept, **members}), "utf-8")
        return found

    def _kept(self) -> dict[str, str]:
        try:
            kept = json.loads(self._blob.beside("members.json").read_text("utf-8"))
            return {str(name): str(sha256) for name, sha256 in kept.items()}
        except (FileNotFoundError, ValueError, AttributeError):
            return {}

    def _path(self, sha256: str) -> Path:
        return self._staging / sha256[:2] / sha256

    def _extracted(self, entry: zipfile.ZipInfo) -> Blob:
        with part_file(self._staging, "member") as part:
            with self._archive.open(entry) as member, HashingWriter(part) as target:
                while chunk := member.read(CHUNK):
                    self._left -= len(chunk)
                    if self._left < 0:
                        raise StageError(
                            f"{self._file.path}: {self._blob.size} compressed bytes grow to more"
                            f" than {self._allowed}, which looks like a bomb"
                        )
                    target.write(chunk)
            blob = Blob(target.sha256, target.received, self._path(target.sha256))
            blob.path.parent.mkdir(mode=0o700, exist_ok=True)
            if not compression_of(part):
                blob.keep_line_count(target.line_count)
            part.replace(blob.path)
        return blob
