"""Proofs of who somebody is: secrets that are spoken, codes of an authenticator, marks of forms."""

from __future__ import annotations

import base64
import hmac
import io
import secrets
from datetime import datetime
from hashlib import sha256

import pyotp
import segno

SHORTEST_PASSPHRASE = 14
"""Characters that a passphrase has at least; there is no rule about which."""
LONGEST_PASSPHRASE = 1024
_STEP_SECONDS = 30
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"


def form_mark(token: str) -> str:
    """Return what a form of a session has to carry: nobody can make it without the cookie."""
    return sha256(f"form:{token}".encode()).hexdigest()


def spoken(groups: int) -> str:
    """Return a secret that can be read aloud: groups of four letters and digits."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(groups))


def heard(code: str) -> str:
    """Return a spoken secret as it was made, however it was typed.

    >>> heard(" K7qf 2m9x")
    'k7qf-2m9x'
    """
    letters = "".join(letter for letter in code.lower() if letter.isalnum())
    return "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def same(one: str, other: str) -> bool:
    """Whether two secrets are the same, in a time that does not tell where they differ."""
    return hmac.compare_digest(one.encode(), other.encode())


def fresh_secret() -> str:
    """Return a new secret of an authenticator, 160 bits in base 32 (RFC 4226, section 4)."""
    return pyotp.random_base32()


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """Return the time step that a one-time code belongs to, None when it fits none near.

    Codes of the step before and after are taken as well (RFC 6238, section 5.2). The caller
    keeps the step, and takes none twice.
    """
    typed = "".join(letter for letter in code if letter.isdigit())
    at = int(now.timestamp()) // _STEP_SECONDS
    generator = pyotp.TOTP(secret)
    steps = (at, at - 1, at + 1)
    return next((step for step in steps if same(generator.generate_otp(step), typed)), None)


def picture_of(secret: str, name: str) -> str:
    """Return what an authenticator scans, as an SVG file in base 64."""
    address = pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name="Good Offices")
    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="svg", scale=6, border=4)
    return base64.b64encode(out.getvalue()).decode()
