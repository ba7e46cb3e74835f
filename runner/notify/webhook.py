"""A JSON POST to a webhook."""

import json
from collections.abc import Mapping
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from runner.errors import RunnerError

PATIENCE = 30.0
"""Seconds of silence after which a server counts as gone."""


def post(url: str, body: Mapping[str, object]) -> None:
    """Post an object; raises RunnerError that names the host alone, as a path may be a secret."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https"):
        raise RunnerError("a webhook begins with https:// or http://")
    headers = {"Content-Type": "application/json"}
    request = Request(url, json.dumps(body).encode(), headers)  # noqa: S310
    try:
        with urlopen(request, timeout=PATIENCE):  # noqa: S310
            return
    except (URLError, OSError, ValueError) as error:
        code = str(error.code) if isinstance(error, HTTPError) else type(error).__name__
        if isinstance(error, HTTPError):
            error.close()
        raise RunnerError(f"the webhook at {parts.hostname} failed: {code}") from error
