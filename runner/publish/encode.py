"""An exported file in its final bytes: recoded, compressed, counted and hashed."""

import codecs
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from isal import isal_zlib

from runner.errors import ExecutionError

BLOCK = 1024 * 1024
LEVEL = 2
GZIP_WINDOW = 16 + isal_zlib.MAX_WBITS


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


def encode_file(source: Path, target: Path, encoding: str, compression: str) -> EncodedFile:
    """Write a UTF-8 file anew as `target`.

    `compression` is `none` or `gzip`; the header of gzip (RFC 1952) holds neither a time nor
    a name, so that equal text gives equal bytes. Raises UnencodableCharacter, and
    ExecutionError where the disk refuses; no target is left then.
    """
    try:
        return _encoded(source, target, encoding, compression)
    except OSError as error:
        target.unlink(missing_ok=True)
        raise ExecutionError(f"cannot write {target}: {error.strerror}") from error
    except UnencodableCharacter:
        target.unlink()
        raise


def _encoded(source: Path, target: Path, encoding: str, compression: str) -> EncodedFile:
    blocks = _blocks(source) if encoding == "utf-8" else _recoded(source, encoding)
    if compression == "gzip":
        blocks = _compressed(blocks)
    digest = hashlib.sha256()
    size = 0
    with target.open("wb") as stream:
        for block in blocks:
            stream.write(block)
            digest.update(block)
            size += len(block)
    return EncodedFile(target, size, digest.hexdigest())


def _blocks(source: Path) -> Iterator[bytes]:
    with source.open("rb") as stream:
        while block := stream.read(BLOCK):
            yield block


def _recoded(source: Path, encoding: str) -> Iterator[bytes]:
    encoder = codecs.getincrementalencoder(encoding)("strict")
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    try:
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
