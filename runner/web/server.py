"""The server of the page: its addresses, its socket, its end."""

import ipaddress
import secrets
import socket
from collections.abc import Callable, Iterable
from importlib.resources import files
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from runner.errors import UsageError
from runner.web.guard import Guard
from runner.web.live import live
from runner.web.pages import Pages
from runner.web.routes import Endpoint, page_routes
from runner.web.served import Served

SHORTEST_TOKEN = 16
STATIC = {
    "colors.css": ("runner.site", "text/css"),
    "icon.svg": ("runner.web", "image/svg+xml"),
    "tables.css": ("runner.site", "text/css"),
    "theme.js": ("runner.site", "text/javascript"),
    "web.css": ("runner.web", "text/css"),
    "web.js": ("runner.web", "text/javascript"),
    "complete.js": ("runner.web", "text/javascript"),
}
"""The files that pages load: package and type."""


def application(
    served: Served,
    token: str,
    hosts: Iterable[str],
    cookie: str,
    is_ending: Callable[[], bool],
) -> ASGIApp:
    """Return the page of a project, behind its guard; `is_ending` tells when it is stopped."""
    routes = page_routes(Pages(served))
    routes += [
        Route("/live", _live(served, is_ending)),
        Route("/static/{name}", _static),
    ]
    return Guard(Starlette(routes=routes), token, frozenset(hosts), cookie)


def _live(served: Served, is_ending: Callable[[], bool]) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        return live(served, request, is_ending)

    return endpoint


async def _static(request: Request) -> Response:
    found = STATIC.get(request.path_params["name"])
    if found is None:
        return PlainTextResponse("there is no such file\n", 404)
    package, kind = found
    path = files(package) / "static" / request.path_params["name"]
    return Response(path.read_bytes(), media_type=kind)


def read_token(path: Path) -> str:
    """Read the token of a file; raises UsageError where it is too short or not private."""
    try:
        text = path.read_text(encoding="utf-8").strip()
        is_open = path.stat().st_mode & 0o077
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: the token cannot be read: {error}") from error
    if is_open:
        raise UsageError(f"{path}: others may read the token", hint=f"run `chmod 600 {path}`")
    if len(text) < SHORTEST_TOKEN:
        raise UsageError(f"{path}: the token has less than {SHORTEST_TOKEN} characters")
    return text


def is_loopback(host: str) -> bool:
    """Tell whether an address is reached from this machine alone."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def serve(
    served: Served,
    host: str,
    port: int,
    token: str | None,
    names: Iterable[str],
    announce: Callable[[str], None],
) -> None:
    """Serve the page until the process is stopped; `announce` is given its first address.

    With port 0 the system chooses one. Raises UsageError where the port is taken.
    """
    served.workspace()
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family)
    except OSError as error:
        raise UsageError(f"cannot listen on {host}:{port}: {error.strerror or error}") from error
    port = listening.getsockname()[1]
    own = [f"[{host}]" if ":" in host else host]
    own += ["localhost", "127.0.0.1", "[::1]"] if is_loopback(host) else []
    hosts = {f"{name}:{port}" for name in own} | {name.lower() for name in names}
    made = secrets.token_urlsafe(32)
    app = application(served, token or made, hosts, f"runner_{port}", lambda: server.should_exit)
    shown = f"http://{own[0]}:{port}/"
    announce(shown if token else f"{shown}?token={made}")
    config = uvicorn.Config(
        app,
        # The log of requests would hold the token.
        access_log=False,
        log_level="warning",
        server_header=False,
        h11_max_incomplete_event_size=16 * 1024,
        limit_concurrency=64,
        timeout_graceful_shutdown=5,
        lifespan="off",
    )
    server = uvicorn.Server(config)
    with listening:
        server.run(sockets=[listening])
