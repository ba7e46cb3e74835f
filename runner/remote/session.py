"""One connection to an SFTP server: reached, recognised, logged in."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast

from paramiko import Channel, ChannelException, PKey, SSHException, Transport
from paramiko.ssh_exception import IncompatiblePeer

from runner.errors import RemoteError, TransientRemoteError
from runner.remote.authentication import AuthenticationError, authenticate
from runner.remote.host_key import HostKey
from runner.remote.name import printable
from runner.remote.pins import Pins, read_pins
from runner.remote.private_key import load_private_key
from runner.remote.settings import RemoteSettings
from runner.remote.sftp_client import SftpClient

# These are faster than the others by a tenth and more, and authenticated.
FAST_CIPHERS = ("aes128-gcm@openssh.com", "aes256-gcm@openssh.com")


class JumpChannel:
    """A connection that goes through another server, which it hangs up on as well."""

    def __init__(self, channel: Channel, transport: Transport) -> None:
        self._channel = channel
        self._transport = transport

    def __getattr__(self, name: str) -> Any:
        return getattr(self._channel, name)

    def close(self) -> None:
        """End the connection, and that to the server between."""
        self._transport.close()


@dataclass(frozen=True)
class Session:
    """A logged-in connection, used by one thread at a time."""

    transport: Transport
    client: SftpClient

    @property
    def is_reusable(self) -> bool:
        """Whether it is alive and owes no answers to requests of a broken transfer."""
        channel = self.client.get_channel()
        alive = self.transport.is_active() and channel is not None and not channel.closed
        return alive and not self.client.outstanding

    def close(self) -> None:
        """Hang up."""
        self.transport.close()


def open_session(settings: RemoteSettings, pins: Pins, key: PKey | None) -> Session:
    """Connect, check the host key, and only then log in and start SFTP.

    Raises HostKeyError and AuthenticationError, which trying again does not help, RemoteError
    and TransientRemoteError.
    """
    transport = greet(settings, pins)
    try:
        authenticate(transport, settings, key)
        return Session(transport, start_sftp(transport, settings))
    except BaseException:
        transport.close()
        raise


def greet(settings: RemoteSettings, pins: Pins) -> Transport:
    """Return an encrypted connection to the server that the pins know, nobody logged in yet."""
    shown: list[HostKey] = []
    mismatch: IncompatiblePeer | None = None
    for algorithms in pins.orders():
        try:
            transport = _handshake(settings, algorithms)
        except IncompatiblePeer as error:
            mismatch = error
            continue
        server_key = transport.get_remote_server_key()
        host_key = HostKey(server_key.get_name(), server_key.asbytes())
        if pins.admit(host_key):
            transport.set_keepalive(settings.keepalive)
            return transport
        transport.close()
        shown.append(host_key)
        if not pins.fingerprints:
            break
    if shown:
        raise pins.refusal(settings, shown[0])
    raise RemoteError(
        f"{settings.label}: {settings.address} and this program have no algorithm in common:"
        f" {printable(str(mismatch))}",
        hint="the server's SSH software is likely out of date",
    )


def _dial(settings: RemoteSettings) -> socket.socket | JumpChannel:
    """Return a connection to the server, directly or through another one."""
    if settings.proxy_jump is None:
        return _dial_directly(settings)
    jump = settings.proxy_jump
    transport = greet(jump, read_pins(jump))
    try:
        authenticate(transport, jump, load_private_key(jump))
        channel = transport.open_channel(
            "direct-tcpip",
            (settings.host, settings.port),
            ("127.0.0.1", 0),
            timeout=settings.timeout,
        )
    except (SSHException, OSError, EOFError) as error:
        transport.close()
        reason = error.text if isinstance(error, ChannelException) else str(error)
        raise TransientRemoteError(
            f"{settings.label}: {jump.address} does not connect to {settings.address}"
            f" ({printable(reason) or 'it hung up'})",
            hint="check `host` and `port`, and that `proxy_jump` allows TCP forwarding",
        ) from error
    except BaseException:
        transport.close()
        raise
    return JumpChannel(channel, transport)


def _dial_directly(settings: RemoteSettings) -> socket.socket:
    start, host = f"{settings.label}:", settings.host
    try:
        connection = socket.create_connection((host, settings.port), settings.timeout)
    except socket.gaierror as error:
        kind = TransientRemoteError if error.errno == socket.EAI_AGAIN else RemoteError
        raise kind(f"{start} the host name '{host}' is not found", hint="check `host`") from error
    except UnicodeError as error:
        raise RemoteError(f"{start} '{host}' is not a host name", hint="check `host`") from error
    except TimeoutError as error:
        raise TransientRemoteError(
            f"{start} {settings.address} does not answer within {settings.timeout:g} s",
            hint="check `host` and `port`, and that a firewall lets this machine through",
        ) from error
    except OSError as error:
        raise TransientRemoteError(
            f"{start} {settings.address} cannot be reached: {error.strerror}",
            hint="check `host` and `port`, and that the server runs",
        ) from error
    # Without this, each small request waits for the acknowledgement of the one before.
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        # Ends writes to a machine that is gone, which no timeout of paramiko does.
        milliseconds = max(1, int(settings.timeout * 1000))
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, milliseconds)
    return connection


def _handshake(settings: RemoteSettings, algorithms: tuple[str, ...]) -> Transport:
    """Agree on keys, with one of these host key algorithms; IncompatiblePeer when there is none."""
    connection = _dial(settings)
    try:
        transport = Transport(cast(Any, connection))
        transport.banner_timeout = settings.timeout
        transport.handshake_timeout = settings.timeout
        transport.auth_timeout = settings.timeout
        transport.channel_timeout = settings.timeout
        options = transport.get_security_options()
        options.key_types = algorithms
        slow = (name for name in options.ciphers if name not in FAST_CIPHERS)
        options.ciphers = (*FAST_CIPHERS, *slow)
    except BaseException:
        connection.close()
        raise
    try:
        transport.start_client(timeout=2 * settings.timeout)
        if not transport.initial_kex_done:
            raise SSHException("no answer in time")
    except IncompatiblePeer:
        transport.close()
        raise
    except (SSHException, OSError, EOFError) as error:
        transport.close()
        raise TransientRemoteError(
            f"{settings.label}: {settings.address} does not complete the SSH handshake"
            f" ({printable(str(error)) or 'it hung up'})",
            hint="check that `port` is the port of an SSH server",
        ) from error
    except BaseException:
        transport.close()
        raise
    return transport


def start_sftp(transport: Transport, settings: RemoteSettings) -> SftpClient:
    """Return an SFTP client on a channel of its own."""
    try:
        with _hang_up_after(settings.timeout, transport):
            channel = transport.open_session(timeout=settings.timeout)
            channel.settimeout(settings.timeout)
            channel.invoke_subsystem("sftp")
            return SftpClient(channel)
    except (SSHException, OSError, EOFError) as error:
        # A connection that breaks takes a moment to be seen as broken.
        transport.join(0.2)
        if not transport.is_active():
            raise TransientRemoteError(
                f"{settings.label}: {settings.address} hung up before SFTP began"
            ) from error
        raise AuthenticationError(
            f"{settings.label}: {settings.address} gives user '{settings.username}' no SFTP",
            hint="ask the owner of the server to allow SFTP for this user",
        ) from error


@contextmanager
def _hang_up_after(seconds: float, transport: Transport) -> Iterator[None]:
    """End waits that paramiko gives no timeout to."""
    timer = threading.Timer(seconds, transport.close)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
