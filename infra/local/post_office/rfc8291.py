"""Decrypts push messages as a browser does: RFC 8291 on top of RFC 8188, written from their text.

It shares nothing with the library that the functions encrypt by, so that one error in both is unlikely.
"""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

_SALT, _LENGTH, _KEY = 16, 4, 65
_HEADER = _SALT + _LENGTH + 1 + _KEY
_TAG = 16


def public_point(key: ec.EllipticCurvePublicKey) -> bytes:
    """Return the key as an uncompressed point."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def decrypt(body: bytes, key: ec.EllipticCurvePrivateKey, auth_secret: bytes) -> bytes:
    """Return the text of a message for the subscription with these keys. Raises ValueError saying what is wrong."""
    if len(body) < _HEADER + _TAG + 1:
        raise ValueError("the message is shorter than its header")
    salt, key_length = body[:_SALT], body[_SALT + _LENGTH]
    record_size = int.from_bytes(body[_SALT : _SALT + _LENGTH], "big")
    if key_length != _KEY:
        raise ValueError("the header holds no public key of 65 bytes")
    if len(body) - _HEADER > record_size:
        raise ValueError("a push message is one record")
    sender = body[_HEADER - _KEY : _HEADER]
    secret = _secret(sender, key, auth_secret)
    content_key = _derived(secret, salt, b"Content-Encoding: aes128gcm\x00", 16)
    nonce = _derived(secret, salt, b"Content-Encoding: nonce\x00", 12)
    try:
        padded = AESGCM(content_key).decrypt(nonce, body[_HEADER:], None).rstrip(b"\x00")
    except InvalidTag:
        raise ValueError("the message is encrypted for other keys, or was changed") from None
    if not padded.endswith(b"\x02"):
        raise ValueError("the last record ends with the delimiter 2")
    return padded[:-1]


def _secret(sender: bytes, key: ec.EllipticCurvePrivateKey, auth_secret: bytes) -> bytes:
    """RFC 8291, section 3.3: the shared secret combined with the authentication secret."""
    shared = key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender))
    about = b"WebPush: info\x00" + public_point(key.public_key()) + sender
    return _derived(shared, auth_secret, about, 32)


def _derived(secret: bytes, salt: bytes, about: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, about).derive(secret)
