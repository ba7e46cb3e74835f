"""What failed on an SFTP connection, in words."""

import errno

from paramiko import SSHException
from paramiko.sftp import SFTPError

from runner.errors import RemoteError, TransientRemoteError
from runner.remote.name import printable
from runner.remote.path import MISSING
from runner.remote.settings import RemoteSettings

# Everything that an operation on an open session can raise.
FAILURES = (OSError, EOFError, SSHException, SFTPError, UnicodeError)

# What the server itself answers (SftpClient), and how it is reported.
ANSWERS = {
    errno.ENOENT: MISSING,
    errno.EACCES: "permission denied",
    errno.ENOTSUP: "the server does not support this",
}


def explain(error: Exception, doing: str, settings: RemoteSettings) -> RemoteError:
    """Return the error that says why `doing`, such as "list 'out'", failed.

    What the server refused stays refused; a broken or silent connection is transient.
    """
    start = f"{settings.label}: cannot {doing} on {settings.address}"
    if isinstance(error, RemoteError):
        return type(error)(f"{start}: {error.message}", hint=error.hint)
    if isinstance(error, TimeoutError):
        reason = str(error) if error.errno is None else ""
        reason = reason or f"no answer within {settings.timeout:g} s"
        return TransientRemoteError(f"{start}: {reason}")
    if isinstance(error, UnicodeError):
        return RemoteError(f"{start}: the server sends text that is not valid UTF-8")
    number = error.errno if isinstance(error, OSError) else None
    if number in ANSWERS:
        return RemoteError(f"{start}: {ANSWERS[number]}", hint=_hint(number))
    if number in (errno.EIO, errno.EBADMSG) and isinstance(error, OSError):
        words = printable(error.strerror or "") or "no reason given"
        return RemoteError(f"{start}: the server says: {words}")
    detail = printable(str(error))
    return TransientRemoteError(
        f"{start}: the connection broke" + (f" ({detail})" if detail else "")
    )


def _hint(number: int | None) -> str:
    if number == errno.EACCES:
        return "ask the owner of the server for the right to do this"
    if number == errno.ENOENT:
        return "check the path, and the connection's `path`; names are case-sensitive"
    return ""
