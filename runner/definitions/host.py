"""The host of a server, as a connection names it."""

from typing import Annotated

from pydantic import AfterValidator

URL_AS_HOST = (
    "`host` is a URL; expected the name or the address alone: `port`, `username`,"
    " `authentication.password` and `path` are keys of their own"
)
"""What is wrong with a URL as a host. It is not shown, as a password may be in it."""


def is_url(host: str) -> bool:
    """Tell whether a host has a scheme, a user or a path, as a URL has."""
    return any(sign in host for sign in ("://", "@", "/"))


def _host(text: str) -> str:
    if "{" not in text and is_url(text):
        raise ValueError(URL_AS_HOST)
    return text


Host = Annotated[str, AfterValidator(_host)]
