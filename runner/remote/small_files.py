"""Small files of an SFTP server, fetched in batches.

One by one, a small file takes three answers that are waited for in turn, longer than its bytes
take. Here all files of a batch are opened, then read, then looked at once more: three waits
for all of them.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from paramiko.sftp import SFTP_FLAG_READ

from runner.remote.file import RemoteFile
from runner.remote.root import Root
from runner.remote.sftp_client import SftpClient
from runner.remote.sftp_files import SftpFiles

# Bytes of a file that is small, bytes and files of a batch: it is held in memory, and servers
# may have only so many files open.
SMALL_FILE = 64 * 1024
MOST_BYTES = 1024 * 1024
MOST_FILES = 32

Answer = TypeVar("Answer")


def batches(files: Iterable[RemoteFile]) -> Iterator[tuple[RemoteFile, ...]]:
    """Give the files in their order: small ones in batches, each other one alone."""
    small: list[RemoteFile] = []
    for file in files:
        is_small = file.has_size and file.size < SMALL_FILE
        if small and not (is_small and _has_room(small, file)):
            yield tuple(small)
            small = []
        if is_small:
            small.append(file)
        else:
            yield (file,)
    if small:
        yield tuple(small)


def _has_room(batch: Sequence[RemoteFile], file: RemoteFile) -> bool:
    size = sum(other.size for other in batch)
    return len(batch) < MOST_FILES and size + file.size <= MOST_BYTES


def fetch_batch(
    client: SftpClient, root: Root, files: Sequence[RemoteFile]
) -> dict[RemoteFile, bytes]:
    """Return the content of the files that came complete and are still as they were listed.

    Fetch the others by themselves, to learn why they failed. Raises what a broken connection
    raises; the client is of no use then.
    """
    paths = {file: root.full(root.inner(file.path)) for file in files}
    with client.together():
        asked = {file: client.ask_open(path, SFTP_FLAG_READ) for file, path in paths.items()}
    opened = {file: _answer(client.take_handle, number) for file, number in asked.items()}
    handles = {file: handle for file, handle in opened.items() if handle is not None}
    contents = _contents(client, handles)
    with client.together():
        for handle in handles.values():
            client.release(handle)
        # Asked for now and not before: else a change in the meantime would go unseen (F4).
        looks = {file: client.ask_look(paths[file]) for file in contents}
    sftp_files = SftpFiles(client, root)
    after = {file: _answer(client.take_look, number) for file, number in looks.items()}
    return {
        file: content
        for file, content in contents.items()
        if len(content) == file.size and sftp_files.is_still(file, after[file])
    }


def _contents(client: SftpClient, handles: dict[RemoteFile, bytes]) -> dict[RemoteFile, bytes]:
    """Read open files to their end, or one byte further than they should be long."""
    contents = dict.fromkeys(handles, b"")
    unread = list(handles)
    while unread:
        with client.together():
            asked = {
                file: client.ask_block(handles[file], len(contents[file]), file.size + 1)
                for file in unread
            }
        blocks = {file: _block(client, number) for file, number in asked.items()}
        for file, block in blocks.items():
            contents[file] += block
        # A server may answer with less than was asked.
        unread = [file for file in unread if blocks[file] and len(contents[file]) < file.size]
    return contents


def _block(client: SftpClient, number: int) -> bytes:
    try:
        return _answer(client.take_block, number) or b""
    except EOFError:
        return b""


def _answer(take: Callable[[int], Answer], number: int) -> Answer | None:
    """Return an answer, None where the server refuses; what breaks the connection is raised."""
    try:
        return take(number)
    except (TimeoutError, ConnectionError):
        raise
    except OSError:
        return None
