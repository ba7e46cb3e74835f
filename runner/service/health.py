"""How the service is doing, for whoever watches it: a file, and an HTTP endpoint on loopback."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from runner.errors import UsageError
from runner.service.service import write_whole


@dataclass
class Health:
    """The last state that was told."""

    # Where it is written; None writes no file.
    file: Path | None = None
    text: str = "{}"
    _server: ThreadingHTTPServer | None = field(default=None, repr=False)

    def __call__(self, state: Mapping[str, object]) -> None:
        """Keep a state, and write it to the file."""
        self.text = json.dumps(state)
        if self.file is not None:
            write_whole(self.file, self.text + "\n")

    def serve(self, port: int) -> int:
        """Answer `GET /health` on 127.0.0.1; returns the port, chosen by the system for 0.

        Raises UsageError where the port is taken.
        """
        health = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                found = self.path == "/health"
                body = (health.text if found else "{}").encode()
                self.send_response(200 if found else 404)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:  # noqa: ARG002
                return

        try:
            self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        except OSError as error:
            raise UsageError(f"cannot answer on port {port}: {error.strerror}") from error
        Thread(target=self._server.serve_forever, daemon=True).start()
        return int(self._server.server_address[1])

    def close(self) -> None:
        """Stop answering."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
