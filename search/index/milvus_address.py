"""Where a Milvus server is, from ``milvus://[user[:password]@]host[:port][/database]``."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlsplit

from search.errors import VectorIndexError

PLAIN, SECURE = "milvus", "milvuss"  # without and with TLS
PORT = 19530
_FORM = "write it as milvus://user:password@host:19530/database, or with milvuss:// for an encrypted connection"


@dataclass(frozen=True, slots=True)
class Address:
    """A server, a database on it, and who asks; the password is never shown."""

    host: str
    port: int = PORT
    user: str = ""
    password: str = field(default="", repr=False)
    database: str = ""
    secure: bool = False

    @property
    def uri(self) -> str:
        """What the client library takes."""
        return f"{'https' if self.secure else 'http'}://{self._host}:{self.port}"

    @property
    def place(self) -> str:
        """The URL without its password."""
        user = f"{quote(self.user, safe='')}@" if self.user else ""
        database = f"/{quote(self.database, safe='')}" if self.database else ""
        return f"{SECURE if self.secure else PLAIN}://{user}{self._host}:{self.port}{database}"

    @property
    def _host(self) -> str:
        return f"[{self.host}]" if ":" in self.host else self.host


def is_milvus(url: str) -> bool:
    """Whether this is meant as the URL of a Milvus server."""
    return url.partition("://")[0].lower() in (PLAIN, SECURE) and "://" in url


def address_of(url: str) -> Address:
    """Read a URL; ``?secure=true`` says the same as ``milvuss://``. Raises VectorIndexError, without the password."""
    try:
        parts = urlsplit(url)
        port = parts.port or PORT
        host = parts.hostname
    except ValueError:
        raise VectorIndexError(f"this URL of a Milvus server cannot be read; {_FORM}.") from None
    if not is_milvus(url) or not host or parts.fragment or "/" in parts.path.strip("/"):
        raise VectorIndexError(f"this URL of a Milvus server cannot be read; {_FORM}.")
    return Address(
        host=host,
        port=port,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        database=unquote(parts.path.strip("/")),
        secure=parts.scheme == SECURE or _secure(parts),
    )


def _secure(parts: SplitResult) -> bool:
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    value = options.pop("secure", "false").lower()
    if options or value not in ("true", "false"):
        raise VectorIndexError("the URL of a Milvus server takes no other option than ?secure=true or ?secure=false.")
    return value == "true"
