"""The mark that an imported file bears on the server (F6)."""

from runner.remote import Remote, RemoteFile

SUFFIX = ".done"


def mark_done(remote: Remote, path: str, imported: RemoteFile | None = None) -> bool:
    """Rename an imported file to `<path>.done`; returns whether it bears that name now.

    A file that has the name already is fine. One that is gone, or that is no longer the file
    that was `imported` (another size or time), is left alone.
    """
    found = remote.stat(path)
    if found is None:
        return remote.stat(path + SUFFIX) is not None
    if imported and (found.size, found.modified_at) != (imported.size, imported.modified_at):
        return False
    remote.rename(path, path + SUFFIX)
    return True
