"""Secrets, and what messages, logs and artifacts hold in their place (B7)."""

import re
from urllib.parse import quote

SECRET_KEY = re.compile(
    r"password|passphrase|secret|token|private_key|account_key|access_key|api_key|credential"
    r"|connection_string|sas_|signing_key|webhook|authentication|^options$",
    re.IGNORECASE,
)
"""Found in the keys of YAML whose values are secrets."""
URL_PASSWORD = re.compile(r"(?:^|://|[\s\"'])[^\s/@:]*:(?!//)(\S+)@")
"""The password of a URL, with or without its scheme: `ftp://user:password@host`."""

HIDDEN = "***"
SHORTEST, SURE = 4, 8
"""Characters from which a value is hidden, and from which also inside other words."""
CONSTANTS = frozenset({"true", "false", "null", "none"})


class SecretValues:
    """The secrets that a process knows, each with the text that stands in its place.

    Values of less than four characters, and words like `true`, are no secrets.
    """

    def __init__(self) -> None:
        self._shown: dict[str, str] = {}
        self._pattern: re.Pattern[str] | None = None

    def add(self, value: str, shown: str = HIDDEN) -> None:
        """Hide a value from now on: as it is, as SQL, JSON, Python or a URL write it, and in parts.

        Parts are its lines, and what stands between commas, semicolons and bars.
        """
        for text in (value, *re.split(r"[\r\n,;|]+", value)):
            for written in _spellings(text.strip()):
                if len(written) >= SHORTEST and written.lower() not in CONSTANTS:
                    self._shown.setdefault(written.lower(), shown)
        self._pattern = None

    def hide(self, text: str) -> str:
        """Return a text with what stands in the place of each secret."""
        if not self._shown:
            return text
        if self._pattern is None:
            ordered = sorted(self._shown, key=len, reverse=True)
            self._pattern = re.compile("|".join(map(_searched, ordered)), re.IGNORECASE)
        return self._pattern.sub(lambda found: self._shown.get(found[0].lower(), HIDDEN), text)

    def hide_all(self, value: object) -> object:
        """Return a value with every text in its lists and mappings hidden."""
        if isinstance(value, str):
            return self.hide(value)
        if isinstance(value, dict):
            return {key: self.hide_all(item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [self.hide_all(item) for item in value]
        return value

    @property
    def words(self) -> frozenset[str]:
        """Return the words of all secrets, in lower case."""
        return frozenset(word for text in self._shown for word in re.findall(r"\w+", text))


SECRETS = SecretValues()
"""Those of this process."""


def _spellings(text: str) -> tuple[str, ...]:
    escaped = text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
    return (
        *(text, text.replace("'", "''"), text.replace('"', '""')),
        *(escaped, escaped.replace('"', '\\"'), escaped.replace("'", "\\'")),
        quote(text, safe=""),
    )


def _searched(text: str) -> str:
    pattern = re.escape(text)
    return pattern if len(text) >= SURE else rf"(?<!\w){pattern}(?!\w)"


def without_passwords(text: str) -> str:
    """Return a text with `***` in place of the passwords of its URLs."""
    return URL_PASSWORD.sub(lambda url: url[0].replace(url[1], HIDDEN), text)


def is_secret(key: object) -> bool:
    """Tell whether a key of the YAML, or one in a text, holds a secret."""
    return isinstance(key, str) and SECRET_KEY.search(key) is not None
