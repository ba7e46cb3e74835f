"""The door behind which python-gnupg is loaded."""

import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gnupg import GPG

from runner.errors import Location, RunnerError


class PgpError(RunnerError):
    """A declared key, or the program that uses it, is not what it should be."""


def gpg_class(location: Location) -> "type[GPG]":
    """Return what calls GnuPG; raises PgpError, at `location`, where it is not installed."""
    try:
        from gnupg import GPG
    except ImportError as error:
        raise PgpError(
            "`pgp` needs a part that is not installed", location, hint="pip install runner[pgp]"
        ) from error
    # It would write the beginning of each key.
    logging.getLogger("gnupg").disabled = True
    made: type[GPG] = GPG
    return made
