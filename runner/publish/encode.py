"""An exported file in its final bytes: recoded, compressed, counted and hashed."""

import codecs
import hashlib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from isal import isal_zlib

from runner.errors import ExecutionError
from runner.pgp import EncryptionKeys, encrypt

BLOCK = 1024 * 1024
LEVEL = 2
GZIP_WINDOW = 16 + isal_zlib.MAX_WBITS
ZIP_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest time that zip knows, for every file: equal text gives equal bytes."""
ZIP_MODE = 0o100644 << 16
MARK = "\ufeff"


@dataclass(frozen=True)
class EncodedFile:
    """A local file that is ready to be sent."""

    path: Path
    # Bytes.
    size: int
    sha256: str


class UnencodableCharacter(Exception):
    """The encoding lacks a character of the text."""

    def __init__(self, character: str) -> None:
        super().__init__(character)
        self.character = character


@dataclass(frozen=True)
class Encoding:
    """How the text of a file becomes its bytes."""

    # As Python calls it.
    charset: str = "utf-8"
    # A byte order mark comes first.
    has_mark: bool = False
    # none, gzip or zip; and the name that the file has inside a zip.
    compression: str = "none"
    inner_name: str = ""
    # Keys for which the file is encrypted; None where it is not.
    keys: EncryptionKeys | None = None


def encode_file(source: Path, target: Path, encoding: Encoding) -> EncodedFile:
    """Make `target` of a UTF-8 file; where nothing changes, the file is renamed to it.

    The header of gzip (RFC 1952) holds neither a time nor a name, and that of zip always the
    same time, so that equal text gives equal bytes; encryption gives other bytes each time.
    Raises UnencodableCharacter, PgpError, and ExecutionError where the disk refuses; then no
    target is left.
    """
    try:
        if encoding.keys is not None:
            return _encrypted(source, target, encoding, encoding.keys)
        return _encoded(source, target, encoding)
    except OSError as error:
        target.unlink(missing_ok=True)
        raise ExecutionError(f"cannot write {target}: {error.strerror}") from error
    except UnencodableCharacter:
        target.unlink(missing_ok=True)
        raise


def encode_bytes(content: bytes, target: Path) -> EncodedFile:
    """Write a small file whose bytes are known; raises OSError."""
    return _written(iter([content]), target)


def _encoded(source: Path, target: Path, encoding: Encoding) -> EncodedFile:
    is_utf8 = encoding.charset == "utf-8" and not encoding.has_mark
    if is_utf8 and encoding.compression == "none":
        return _taken(source, target)
    blocks = _blocks(source) if is_utf8 else _recoded(source, encoding)
    if encoding.compression == "zip":
        return _zipped(blocks, source, target, encoding.inner_name)
    if encoding.compression == "gzip":
        blocks = _compressed(blocks)
    return _written(blocks, target)


def _encrypted(source: Path, target: Path, encoding: Encoding, keys: EncryptionKeys) -> EncodedFile:
    """Encrypt the file; the plain one is not left on the disk."""
    plain = target.with_name(f"{target.name}.plain")
    sealed = target.with_name(f"{target.name}.sealed")
    try:
        _encoded(source, plain, encoding)
        encrypt(keys, plain, sealed)
        return _taken(sealed, target)
    finally:
        plain.unlink(missing_ok=True)
        sealed.unlink(missing_ok=True)


def _taken(source: Path, target: Path) -> EncodedFile:
    with source.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256")
    source.replace(target)
    return EncodedFile(target, target.stat().st_size, digest.hexdigest())


def _written(blocks: Iterator[bytes], target: Path) -> EncodedFile:
    digest = hashlib.sha256()
    size = 0
    with target.open("wb") as stream:
        for block in blocks:
            stream.write(block)
            digest.update(block)
            size += len(block)
    return EncodedFile(target, size, digest.hexdigest())


def _zipped(blocks: Iterator[bytes], source: Path, target: Path, name: str) -> EncodedFile:
    entry = zipfile.ZipInfo(name, ZIP_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = ZIP_MODE
    # At most four bytes of any encoding for one of UTF-8: decides whether zip64 is needed.
    entry.file_size = 4 * source.stat().st_size
    with zipfile.ZipFile(target, "w") as archive, archive.open(entry, "w") as stream:
        for block in blocks:
            stream.write(block)
    with target.open("rb") as whole:
        digest = hashlib.file_digest(whole, "sha256")
    return EncodedFile(target, target.stat().st_size, digest.hexdigest())


def _blocks(source: Path) -> Iterator[bytes]:
    with source.open("rb") as stream:
        while block := stream.read(BLOCK):
            yield block


def _recoded(source: Path, encoding: Encoding) -> Iterator[bytes]:
    encoder = codecs.getincrementalencoder(encoding.charset)("strict")
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    try:
        if encoding.has_mark:
            yield encoder.encode(MARK)
        for block in _blocks(source):
            yield encoder.encode(decoder.decode(block))
        yield encoder.encode("", final=True)
    except UnicodeEncodeError as error:
        raise UnencodableCharacter(error.object[error.start]) from error


def _compressed(blocks: Iterator[bytes]) -> Iterator[bytes]:
    compressor = isal_zlib.compressobj(level=LEVEL, wbits=GZIP_WINDOW)
    for block in blocks:
        yield compressor.compress(block)
    yield compressor.flush()
