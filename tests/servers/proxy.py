"""A TCP proxy that breaks connections, as a bad network does."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

BLOCK = 64 * 1024


@dataclass
class CuttingProxy:
    """Passes bytes on to a server, and cuts a connection after some from the server."""

    target: tuple[str, int]
    # Bytes from the server after which a connection is cut.
    after: int
    # How many connections are still to be cut.
    cuts_left: int
    host: str = "127.0.0.1"
    port: int = 0
    # Once the server sent so many bytes, a few go on at a time.
    slow_after: int = 1 << 40
    # How many connections came in.
    connections: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def serve(self, listener: socket.socket) -> None:
        """Take connections until the listener is closed."""
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            self.connections += 1
            server = socket.create_connection(self.target)
            for source, sink, is_from_server in ((client, server, False), (server, client, True)):
                threading.Thread(
                    target=self._pump, args=(source, sink, is_from_server), daemon=True
                ).start()

    def _pump(self, source: socket.socket, sink: socket.socket, is_from_server: bool) -> None:
        passed = 0
        # Either side may hang up at any moment: that is what this is for.
        with suppress(OSError), source, sink:
            while block := source.recv(BLOCK):
                passed += len(block)
                if is_from_server and passed > self.after and self._may_cut():
                    break
                if is_from_server and passed > self.slow_after:
                    _send_slowly(sink, block)
                else:
                    sink.sendall(block)
            for side in (source, sink):
                with suppress(OSError):
                    side.shutdown(socket.SHUT_RDWR)

    def _may_cut(self) -> bool:
        with self._lock:
            self.cuts_left -= 1
            return self.cuts_left >= 0


def _send_slowly(sink: socket.socket, block: bytes) -> None:
    for start in range(0, len(block), 500):
        sink.sendall(block[start : start + 500])
        time.sleep(0.02)


@contextmanager
def cutting_proxy(
    host: str, port: int, after: int = 1 << 40, times: int = 1, slow_after: int = 1 << 40
) -> Iterator[CuttingProxy]:
    """Run a proxy in front of a server that cuts its first `times` connections, or is slow."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port_here = listener.getsockname()[1]
        proxy = CuttingProxy((host, port), after, times, port=port_here, slow_after=slow_after)
        thread = threading.Thread(target=proxy.serve, args=(listener,), daemon=True)
        thread.start()
        try:
            yield proxy
        finally:
            # Wakes up `accept`; closing alone does not.
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            thread.join(5)
