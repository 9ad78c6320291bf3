"""A provider of accounts (OpenID Connect) of the tests' own, on 127.0.0.1: whoever comes chooses who they are."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, quote, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT = "duizhao-tests"
KEY = RSAKey.generate_key(2048, parameters={"kid": "k1", "use": "sig", "alg": "RS256"})


@contextmanager
def provider(people: Mapping[str, Mapping[str, object]]) -> Iterator[str]:
    """The address of a provider with these people: by the word on their link, what it says of them."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(asked.query).items()}
            if asked.path == "/.well-known/openid-configuration":
                self.answer(json.dumps(_metadata(issuer)), "application/json")
            elif asked.path == "/jwks":
                self.answer(json.dumps({"keys": [KEY.as_dict(private=False)]}), "application/json")
            elif asked.path == "/authorize":
                self.answer(_choice(people, query), "text/html; charset=utf-8")
            else:
                self.send_error(404)

        def do_POST(self) -> None:
            body = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            name, _, nonce = body["code"][0].partition(":")
            now = int(time.time())
            claims = {"iss": issuer, "aud": CLIENT, "sub": name, "iat": now, "exp": now + 600, "nonce": nonce}
            token = jwt.encode({"alg": "RS256", "kid": "k1"}, {**claims, **people[name]}, KEY)
            answer = {"access_token": "x", "token_type": "Bearer", "expires_in": 600, "id_token": token}
            self.answer(json.dumps(answer), "application/json")

        def answer(self, text: str, kind: str) -> None:
            data = text.encode()
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    issuer = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield issuer
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def secrets(issuer: str) -> str:
    """What the app's secrets say of it."""
    return f"""[auth]
redirect_uri = "http://127.0.0.1:{{port}}/oauth2callback"
cookie_secret = "{"made up for a test " * 4}"
client_id = "{CLIENT}"
client_secret = "none"
server_metadata_url = "{issuer}/.well-known/openid-configuration"
"""


def _metadata(issuer: str) -> dict[str, object]:
    return {
        "issuer": issuer,
        "authorization_endpoint": f"{issuer}/authorize",
        "token_endpoint": f"{issuer}/token",
        "jwks_uri": f"{issuer}/jwks",
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
    }


def _choice(people: Mapping[str, object], query: Mapping[str, str]) -> str:
    """A link for each person, back to the app with a code that says who it is."""
    links = (
        f'<p><a href="{query["redirect_uri"]}?state={quote(query["state"])}&code={quote(name + ":" + query["nonce"])}">'
        f"{name}</a></p>"
        for name in people
    )
    return f"<!doctype html><title>Who are you?</title>{''.join(links)}"
