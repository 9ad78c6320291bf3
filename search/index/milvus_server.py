"""A connection to a Milvus server, whose failures are one plain sentence each."""

from __future__ import annotations

import importlib
import logging
import os
import warnings
from collections.abc import Iterator
from typing import Any

from search.errors import VectorIndexError
from search.index.milvus_address import Address

OLDEST = (2, 3)  # the first with what is used here: deleting by any filter, iterators
TIMEOUT = 30.0  # seconds for a question
Rows = list[dict[str, Any]]
_LARGEST = 2**63 - 1
LONG = 6 * 3600.0  # seconds for building an index of many millions
_NOT_FOUND, _NOT_LOADED, _NO_DATABASE = 100, 101, 800  # Milvus, pkg/util/merr/errors.go
_QUOTA = (3, 7, 8, 9, 2100)  # memory, disk, rate


class MissingCollectionError(VectorIndexError):
    """The collection is not there (any more)."""


class NotLoadedError(VectorIndexError):
    """The collection is there, but the server does not hold it in memory."""


class Server:
    """An open connection to a database of a server."""

    def __init__(self, address: Address) -> None:
        """Connect. Raises VectorIndexError: no client library, no server, wrong password, no such database, too old."""
        self.place = address.place
        self._pymilvus = _library()
        self._failures = (
            self._pymilvus.MilvusException,
            importlib.import_module("grpc").RpcError,
            OSError,
            ValueError,  # what grpc says of a closed channel
        )
        try:
            self._client = self._pymilvus.MilvusClient(
                uri=address.uri,
                user=address.user,
                password=address.password,
                db_name=address.database,
                secure=address.secure,
                timeout=10.0,
                dedicated=True,  # shared ones are told apart by host and user, not by TLS
            )
        except self._failures as error:
            raise _failure(error, self.place) from None
        self._check()

    def _check(self) -> None:
        version = str(self.ask("get_server_version"))
        numbers = version.lstrip("v").split("-")[0].split(".")
        if all(number.isdigit() for number in numbers[:2]) and tuple(map(int, numbers[:2])) < OLDEST:
            self.close()
            raise VectorIndexError(f"the Milvus server at {self.place} is too old ({version}); 2.3 is the oldest.")
        self.ask("list_collections")  # the first that looks at the database

    @property
    def types(self) -> Any:
        """The library's names for types of fields."""
        return self._pymilvus.DataType

    def schema(self) -> Any:
        """A new, empty schema."""
        return self._pymilvus.MilvusClient.create_schema(auto_id=True, enable_dynamic_field=False)

    def index_parameters(self, **options: object) -> Any:
        """The parameters of one index."""
        parameters = self._pymilvus.MilvusClient.prepare_index_params()
        parameters.add_index(**options)
        return parameters

    def ask(self, method: str, /, *arguments: object, timeout: float = TIMEOUT, **options: object) -> Any:
        """Call a method of the client. Raises VectorIndexError, of kinds that tell where something is missing."""
        try:
            return getattr(self._client, method)(*arguments, timeout=timeout, **options)
        except self._failures as error:
            raise _failure(error, self.place) from None

    def rows(self, collection: str, partition: str, at: int, fields: list[str], size: int) -> Iterator[Rows]:
        """Yield all rows of a partition, by ranges of ``pair`` that hold ``size`` at most.

        The library's own iterator reads as of the client's clock, and so may miss what was written just before.
        """
        options = {"partition_names": [partition], **consistency(at)}
        ranges = [(0, _LARGEST)]
        while ranges:
            low, high = ranges.pop()
            within = f"pair >= {low} and pair <= {high}"
            found = self.ask("query", collection, filter=within, output_fields=["count(*)"], **options)
            if int(found[0]["count(*)"]) > size and low < high:
                middle = (low + high) // 2
                ranges += [(middle + 1, high), (low, middle)]
            elif int(found[0]["count(*)"]):
                yield self.ask("query", collection, filter=within, output_fields=fields, **options)

    def now(self) -> int:
        """The server's time, as a hybrid timestamp; 0 where it does not tell, and every read must be a Strong one."""
        handler: Any = getattr(self._client, "_handler", None)
        try:
            return int(handler.alloc_timestamp(timeout=TIMEOUT) or 0)  # no public method gives it
        except (*self._failures, AttributeError, TypeError):
            return 0

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()


def consistency(at: int) -> dict[str, Any]:
    """How fresh a read must be: as of a timestamp, which costs nothing once that is past; else as of now.

    A Strong read waits for the server's next tick, 200 ms by default.
    """
    return {"consistency_level": "Customized", "guarantee_timestamp": at} if at else {"consistency_level": "Strong"}


def _library() -> Any:
    os.environ.setdefault("GRPC_VERBOSITY", "NONE")  # else its C code writes to the terminal
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            pymilvus = importlib.import_module("pymilvus")
    except ImportError:
        raise VectorIndexError(
            "Milvus needs one more package; install it with: pip install 'duizhao[milvus]'."
        ) from None
    for name in ("pymilvus", "pymilvus.milvus_client", "pymilvus.bulk_writer"):
        logger = logging.getLogger(name)  # it writes to the terminal what it also raises
        logger.handlers = [logging.NullHandler()]
        logger.propagate = False
    return pymilvus


def _failure(error: Exception, place: str) -> VectorIndexError:
    """The sentence for what the client raised."""
    code, said = _told(error)
    if code == _NOT_FOUND:
        return MissingCollectionError(f"the vectors at {place} are not there any more; run the command again.")
    if code == _NOT_LOADED or "not loaded" in said:
        return NotLoadedError(f"the Milvus server at {place} does not hold the vectors in memory; try again later.")
    if code == _NO_DATABASE or "database not found" in said:
        what = "has no such database; make it there, or name another in the URL"
    elif code == "UNAUTHENTICATED" or "auth check failure" in said:
        what = "does not let this user in; give a user and password that it knows in the URL"
    elif code == "PERMISSION_DENIED" or "permission deny" in said:
        what = "does not let this user do that; ask the server's keeper for the right to make and change collections"
    elif code == "UNIMPLEMENTED" or "unimplemented" in said:
        what = "is no Milvus server, or too old a one (2.3 is the oldest); see whether the port is right"
    elif code == "UNAVAILABLE" or code == 2 or "unavailable" in said or "create connection first" in said:
        what = "cannot be reached; see whether it runs and host, port and encryption (milvuss://) are right"
    elif code == "DEADLINE_EXCEEDED" or "timeout" in said or "deadline" in said:
        what = "takes too long to answer; try again when it is less busy"
    elif code in _QUOTA or "quota" in said:
        what = "has no memory or disk left for this, or is asked too much; ask the server's keeper"
    else:
        what = f"cannot do this ({' '.join(said.split())[:160]}); ask the server's keeper"
    return VectorIndexError(f"the Milvus server at {place} {what}.")


def _told(error: Exception) -> tuple[object, str]:
    """A code, a number of Milvus' or a name of gRPC's, and what was said, in small letters."""
    cause = error.__cause__  # of a failed connection: what gRPC said; the library sometimes makes it the error itself
    if getattr(error, "code", None) == 2 and cause is not None and cause is not error and hasattr(cause, "code"):
        return _told(cause) if isinstance(cause, Exception) else (None, "")
    code = getattr(error, "code", None)
    code = code() if callable(code) else code
    details = getattr(error, "details", None)
    said = details() if callable(details) else getattr(error, "message", None) or str(error)
    return getattr(code, "name", code), str(said).lower()
