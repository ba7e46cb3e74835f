"""Logging in to an SSH server."""

from collections import deque
from collections.abc import Callable, Sequence
from functools import partial

from paramiko import (
    AuthenticationException,
    BadAuthenticationType,
    PKey,
    SSHException,
    Transport,
)

from runner.errors import RemoteError, TransientRemoteError
from runner.remote.name import printable
from runner.remote.settings import RemoteSettings

Method = tuple[str, Callable[[], list[str]]]
LONGEST_QUESTION = 60
"""Characters of a server's question that a message shows."""


class AuthenticationError(RemoteError):
    """The server refuses the user, the password or the private key."""


class _Questions:
    """Answers the questions of a server: a hidden one with the password, once, and no other."""

    def __init__(self, password: str) -> None:
        self._answers = [password]
        # What else the server wants to know.
        self.unanswered: list[str] = []

    def __call__(
        self, _title: str, _instructions: str, asked: Sequence[tuple[str, bool]]
    ) -> list[str]:
        if [is_shown for _, is_shown in asked] == [False] and self._answers:
            return [self._answers.pop()]
        self.unanswered.extend(printable(text.strip())[:LONGEST_QUESTION] for text, _ in asked)
        return [""] * len(asked)


def authenticate(transport: Transport, settings: RemoteSettings, key: PKey | None) -> None:
    """Log in with the private key, the password, or one after the other where both are given.

    No agent and no keys of the home directory are used: only what the connection declares.
    Raises AuthenticationError, never tried again, and TransientRemoteError when the server
    hangs up meanwhile.
    """
    questions = _Questions(settings.password or "")
    methods = _methods(transport, settings, key, questions)
    if not methods:
        raise AuthenticationError(
            f"{settings.label}: no authentication is declared",
            hint="add `password` or `private_key` under `authentication`",
        )
    if not settings.username:
        raise AuthenticationError(f"{settings.label}: no username is declared")
    postponed: set[str] = set()
    while methods:
        name, log_in = methods.popleft()
        try:
            remaining = log_in()
        except BadAuthenticationType as error:
            # Not this one first: the server may want the other before it.
            if not methods or name in postponed:
                raise _not_taken(settings, name, error.allowed_types) from error
            postponed.add(name)
            methods.append((name, log_in))
            continue
        except (SSHException, OSError, EOFError) as error:
            if questions.unanswered:
                raise _asked_more(settings, questions.unanswered) from error
            raise _refused(transport, settings, name, key, error) from error
        if not remaining:
            return
    raise _not_enough(settings, remaining)


def _methods(
    transport: Transport, settings: RemoteSettings, key: PKey | None, questions: _Questions
) -> deque[Method]:
    user, password = settings.username, settings.password
    methods: deque[Method] = deque()
    if key is not None:
        methods.append(("private key", lambda: transport.auth_publickey(user, key)))
    if password:
        log_in = partial(_by_password, transport, user, password, questions)
        methods.append(("password", log_in))
    return methods


def _by_password(
    transport: Transport, user: str, password: str, questions: _Questions
) -> list[str]:
    """Log in by password, also where the server asks for it as a question."""
    try:
        return transport.auth_password(user, password, fallback=False)
    except BadAuthenticationType as error:
        if "keyboard-interactive" not in error.allowed_types:
            raise
        return transport.auth_interactive(user, questions)


def _who(settings: RemoteSettings) -> str:
    return f"user '{settings.username}' on {settings.address}"


def _not_taken(settings: RemoteSettings, name: str, allowed: list[str]) -> AuthenticationError:
    return AuthenticationError(
        f"{settings.label}: the server takes no {name} from {_who(settings)};"
        f" it takes: {printable(', '.join(allowed)) or 'nothing'}",
        hint="publickey is `private_key`; password and keyboard-interactive are `password`",
    )


def _asked_more(settings: RemoteSettings, questions: list[str]) -> AuthenticationError:
    shown = ", ".join(f"'{question}'" for question in questions)
    return AuthenticationError(
        f"{settings.label}: the server asks {_who(settings)} for more than the password: {shown}",
        hint="ask the owner of the server for a log-in by key, or by password alone",
    )


def _not_enough(settings: RemoteSettings, remaining: list[str]) -> AuthenticationError:
    return AuthenticationError(
        f"{settings.label}: the server wants more than was given of {_who(settings)}:"
        f" {printable(', '.join(remaining))}",
        hint="give both `private_key` and `password` under `authentication`",
    )


def _refused(
    transport: Transport,
    settings: RemoteSettings,
    name: str,
    key: PKey | None,
    error: Exception,
) -> RemoteError:
    if not transport.is_active() or not isinstance(error, AuthenticationException):
        return TransientRemoteError(
            f"{settings.label}: {settings.address} hung up while {_who(settings)} logged in"
        )
    if "timeout" in str(error).lower():
        return TransientRemoteError(
            f"{settings.label}: no answer to the {name} of {_who(settings)}"
            f" within {settings.timeout:g} s"
        )
    return _wrong(settings, name, key)


def _wrong(settings: RemoteSettings, name: str, key: PKey | None) -> AuthenticationError:
    if name == "private key" and key is not None:
        return AuthenticationError(
            f"{settings.label}: the server refuses the private key of {_who(settings)}"
            f" ({key.get_name()} {key.fingerprint})",
            hint="check `username`, and that the server has this key's public half",
        )
    return AuthenticationError(
        f"{settings.label}: the server refuses the password of {_who(settings)}",
        hint="check `username` and `password`; an environment variable may be empty or old",
    )
