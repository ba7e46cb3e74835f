"""A JSON POST to a webhook."""

import json
from collections.abc import Mapping
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from runner.errors import RunnerError
from runner.notify.deadline import within

PATIENCE = 30.0
"""Seconds of silence after which a server counts as gone."""


class _StraightOn(HTTPRedirectHandler):
    """Follows nowhere: a POST that is sent on arrives as a GET without the object."""

    def redirect_request(self, *_: object) -> None:
        return None


def post(url: str, body: Mapping[str, object], timeout: float) -> None:
    """Post an object within `timeout` seconds.

    Raises RunnerError that names the host alone, as a path may be a secret.
    """
    host = "its address"
    try:
        parts = urlsplit(url)
        host = parts.hostname or host
        if parts.scheme not in ("http", "https"):
            raise RunnerError("a webhook begins with https:// or http://")
        headers = {"Content-Type": "application/json"}
        request = Request(url, json.dumps(body).encode(), headers)  # noqa: S310
        within(timeout, lambda: _open(request))
    except (HTTPException, OSError, ValueError) as error:
        raise RunnerError(f"the webhook at {host} failed: {_reason(error)}") from error


def _open(request: Request) -> None:
    with build_opener(_StraightOn).open(request, timeout=PATIENCE):
        return


def _reason(error: Exception) -> str:
    if isinstance(error, HTTPError):
        error.close()
        return str(error.code)
    cause = error.reason if isinstance(error, URLError) else error
    if isinstance(cause, str):
        return cause
    reason = cause.strerror if isinstance(cause, OSError) else ""
    return f"{reason} ({type(cause).__name__})" if reason else type(cause).__name__
