"""How bytes are sealed, marked and hashed: libsodium by PyNaCl, and nothing of our own.

Sealed bytes are XChaCha20-Poly1305 with a random nonce. What they belong to (the talk, the place
in it, the compartment) is bound as associated data: sealed bytes that were moved do not open.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

from nacl.exceptions import CryptoError
from nacl.secret import Aead

from goodoffices.errors import TamperedError

KEY_BYTES = 32
SALT_BYTES = 32
_LENGTH = 4
_SMALLEST = 256


def new_key() -> bytes:
    """Return a key that nobody can guess."""
    return secrets.token_bytes(KEY_BYTES)


def new_id() -> str:
    """Return an identifier that nobody can guess: 24 letters, digits, dashes, underscores."""
    drawn = secrets.token_urlsafe(18)
    # One that begins with a dash looks like an option on a command line.
    return new_id() if drawn.startswith("-") else drawn


def derive(key: bytes, purpose: str) -> bytes:
    """Return a key for one purpose; keys for different purposes say nothing of each other."""
    return hashlib.blake2b(purpose.encode(), key=key, digest_size=KEY_BYTES).digest()


def bound(*parts: str | int | bytes) -> bytes:
    """Return parts as bytes that no other parts make.

    >>> bound("ab", "c") == bound("a", "bc")
    False
    """
    made = []
    for part in parts:
        raw = part if isinstance(part, bytes) else str(part).encode()
        made.append(len(raw).to_bytes(8, "big") + raw)
    return b"".join(made)


def digest(*parts: str | int | bytes) -> bytes:
    """Return the hash of parts, in order."""
    return hashlib.blake2b(bound(*parts), digest_size=32).digest()


def blind(key: bytes, *parts: str | int | bytes) -> str:
    """Return a name under which something is found again, of no use without the key."""
    return hmac.new(key, bound(*parts), hashlib.sha256).hexdigest()


def id_for(key: bytes, *parts: str | int | bytes, size: int = 18) -> str:
    """Return an identifier that looks drawn at random, the same for the same parts.

    >>> id_for(b"key", "a form") == id_for(b"key", "a form") != id_for(b"key", "another")
    True
    """
    made = hmac.new(key, bound(*parts), hashlib.sha256).digest()[:size]
    return base64.urlsafe_b64encode(made).decode().rstrip("=").replace("-", "_")


def padded(text: bytes) -> bytes:
    """Fill up to a size that tells little: 256 bytes, then steps of an eighth of a power of two.

    >>> len(padded(b"yes")) == len(padded(b"Certainly not before the crossing opens."))
    True
    """
    size = _LENGTH + len(text)
    step = max(_SMALLEST, (1 << (size - 1).bit_length()) >> 3)
    filled = -(-size // step) * step
    return len(text).to_bytes(_LENGTH, "big") + text + bytes(filled - size)


def unpadded(filled: bytes) -> bytes:
    """Return what was filled up.

    >>> unpadded(padded(b"yes"))
    b'yes'
    """
    length = int.from_bytes(filled[:_LENGTH], "big")
    return filled[_LENGTH : _LENGTH + length]


def seal(key: bytes, text: bytes, belongs_to: bytes) -> bytes:
    """Seal bytes so that they open with the key, at the place where they belong, and unchanged."""
    return bytes(Aead(key).encrypt(padded(text), belongs_to))


def unseal(key: bytes, sealed: bytes, belongs_to: bytes, *, what: str) -> bytes:
    """Open sealed bytes.

    Raises:
        TamperedError: they were changed, belong elsewhere, or were sealed with another key.
    """
    try:
        return unpadded(Aead(key).decrypt(sealed, belongs_to))
    except (CryptoError, ValueError, TypeError):
        raise TamperedError(what, expected="what was written with these keys") from None
