"""Where ConnectWise publishes keys: an HTTPS server on this machine for the host names it is given."""

import json
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx2
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from chalicelib.adapters.psa.connectwise.signing_keys import KeyRing
from chalicelib.adapters.ssrf_guard import PublicTransport
from tests.support.servers.serving import serving

NAMES = ("na.myconnectwise.net", "api-na.myconnectwise.net")
SOMEWHERE_PUBLIC = "20.112.250.133"


class KeyServer(ThreadingHTTPServer):
    """The server. `asked` has the path of every request; `status`, `text` and `headers` are what it answers."""

    daemon_threads = True

    def __init__(self, certificate: Path) -> None:
        self.restart()
        self.trust = ssl.create_default_context(cafile=str(certificate))
        super().__init__(("127.0.0.1", 0), partial(_Conversation, self))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self.socket = context.wrap_socket(self.socket, server_side=True)

    def restart(self) -> None:
        """Give out the key that all vectors are signed with, and forget what was asked."""
        self.asked: list[str] = []
        self.hosts: list[str] = []
        self.status, self.text = 200, json.dumps({"signing_key": "test-signing-key-7f1c2a"})
        self.headers: dict[str, str] = {}
        self.addresses: list[str] = [SOMEWHERE_PUBLIC]

    def answers(self, status: int, text: str, **headers: str) -> None:
        """Answer like this from now on."""
        self.status, self.text, self.headers = status, text, headers

    def key_ring(self, **options: Any) -> KeyRing:
        """A ring that looks every name up as `addresses`, checks those as always, and reaches this server there."""
        return KeyRing(lambda: PublicTransport(resolve=self._resolve, beneath=_Detour(self)), **options)

    async def _resolve(self, _: str) -> list[str]:
        return self.addresses


class _Detour(httpx2.AsyncBaseTransport):
    """Brings what is meant for a public address to the server; TLS still wants the name that was asked for."""

    def __init__(self, server: KeyServer) -> None:
        self._port = server.server_address[1]
        self._beneath = httpx2.AsyncHTTPTransport(verify=server.trust, trust_env=False)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        request.url = request.url.copy_with(host="127.0.0.1", port=self._port)
        return await self._beneath.handle_async_request(request)

    async def aclose(self) -> None:
        await self._beneath.aclose()


class _Conversation(BaseHTTPRequestHandler):
    def __init__(self, server: KeyServer, *connection: Any) -> None:
        self._keys = server
        super().__init__(*connection)

    def do_GET(self) -> None:
        self._keys.asked.append(self.path)
        self._keys.hosts.append(self.headers["Host"])
        content = self._keys.text.encode()
        self.send_response(self._keys.status)
        self.send_header("Content-Type", "text/plain")
        for name, value in {**self._keys.headers, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def a_key_server(folder: Path) -> Iterator[KeyServer]:
    """Yield a key server, and stop it in the end."""
    with serving(KeyServer(_certificate(folder))) as server:
        yield server


def _certificate(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAMES[0])])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(one) for one in NAMES]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file = folder / "key-server.pem"
    file.write_bytes(private + certificate.public_bytes(pem))
    return file
