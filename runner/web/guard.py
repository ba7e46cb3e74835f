"""Who may ask for what: every request passes the guard before it reaches a page."""

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode

from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 64 * 1024
"""Bytes that a request may bring."""
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
        " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Without any referrer, browsers do not say from which site a form comes either.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""What all responses have."""
SAFE_METHODS = ("GET", "HEAD")


@dataclass
class Guard:
    """Lets requests through that come from the browser to which the token was given.

    The first address has the token; the browser then has a cookie of its own, which other sites
    cannot send. Names of hosts that are not expected are refused, so that no other site can be
    made to point here (DNS rebinding), and so are forms of other sites.
    """

    app: ASGIApp
    token: str
    # `host:port` as browsers may send it.
    hosts: Collection[str]
    # Name of the cookie: another server on this machine has another port, and the same cookies.
    cookie: str
    sessions: set[str] = field(default_factory=set)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request that is refused, and pass on all others."""
        if scope["type"] != "http":
            # The page has no other kind of connection.
            await send({"type": "websocket.close", "code": 1008})
            return
        headers = {
            name.decode("latin-1").lower(): value.decode("latin-1")
            for name, value in scope["headers"]
        }
        answer = self._refusal(scope, headers) or self._unknown(scope, headers)
        if answer is not None:
            await answer(scope, receive, _with_headers(send))
            return
        await self.app(scope, _bounded(receive), _with_headers(send))

    def _refusal(self, scope: Scope, headers: Mapping[str, str]) -> Response | None:
        """Return the answer to a request that nobody may make."""
        if headers.get("host", "").lower() not in self.hosts:
            return _refused(421, "this name of the host is not known here")
        origin = headers.get("origin")
        origins = {f"http://{host}" for host in self.hosts} | {f"https://{h}" for h in self.hosts}
        if origin is not None and origin.lower() not in origins:
            return _refused(403, "the request comes from another site")
        if scope["method"] not in SAFE_METHODS and origin is None:
            return _refused(403, "the request does not say from which site it comes")
        if scope["method"] not in (*SAFE_METHODS, "POST"):
            return _refused(405, "only GET and POST are known here")
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > MOST_BYTES:
            return _refused(413, "the request is too large")
        return None

    def _unknown(self, scope: Scope, headers: Mapping[str, str]) -> Response | None:
        """Return the answer to a browser that is not known yet; None of one that is."""
        pairs = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        given = [value for name, value in pairs if name == "token"]
        if given and scope["method"] in SAFE_METHODS:
            if not secrets.compare_digest(given[0].encode(), self.token.encode()):
                return _refused(403, "the token is not the one of this server")
            rest = urlencode([pair for pair in pairs if pair[0] != "token"])
            return self._welcome(f"{scope['path']}?{rest}" if rest else scope["path"])
        if self._session(headers) not in self.sessions:
            return _refused(403, "open the address that `runner serve` printed: it has a token")
        return None

    def _welcome(self, path: str) -> Response:
        """Give a browser its cookie, and send it to the address without the token."""
        session = secrets.token_urlsafe(32)
        self.sessions.add(session)
        # A path that begins with // would be the address of another site.
        response = RedirectResponse(f"/{path.lstrip('/')}", 303)
        response.set_cookie(self.cookie, session, httponly=True, samesite="strict")
        return response

    def _session(self, headers: Mapping[str, str]) -> str:
        try:
            found = SimpleCookie(headers.get("cookie", "")).get(self.cookie)
        except CookieError:
            return ""
        return found.value if found else ""


def _refused(status: int, why: str) -> Response:
    return PlainTextResponse(f"refused: {why}\n", status)


def _bounded(receive: Receive) -> Receive:
    """Return what reads a request as long as it is not too large, whatever length it states.

    What it raises then is an answer that the app gives.
    """
    received = 0

    async def read() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > MOST_BYTES:
            raise HTTPException(413, "refused: the request is too large\n")
        return message

    return read


def _with_headers(send: Send) -> Send:
    async def write(message: Message) -> None:
        if message["type"] == "http.response.start":
            own = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
            names = {name for name, _ in own}
            others = [item for item in message["headers"] if item[0].lower() not in names]
            message = {**message, "headers": [*others, *own]}
        await send(message)

    return write
