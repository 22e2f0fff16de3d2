"""Sign a request with four keys (OAuth 1.0a, HMAC-SHA1, RFC 5849)."""

from __future__ import annotations

import hmac
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha1
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class Keys:
    """The program's key and the account's."""

    consumer_key: str
    consumer_secret: str
    access_token: str
    access_secret: str


def signed(keys: Keys, method: str, address: str, query: Mapping[str, str], nonce: str, stamp: int) -> str:
    """The value of `Authorization`. A body that is JSON or of several parts is not signed."""
    oauth = {
        "oauth_consumer_key": keys.consumer_key,
        "oauth_nonce": nonce,
        "oauth_signature_method": "HMAC-SHA1",
        "oauth_timestamp": str(stamp),
        "oauth_token": keys.access_token,
        "oauth_version": "1.0",
    }
    pairs = sorted((_escaped(name), _escaped(value)) for name, value in {**query, **oauth}.items())
    parameters = "&".join(f"{name}={value}" for name, value in pairs)
    base = "&".join((method.upper(), _escaped(address), _escaped(parameters)))
    secret = f"{_escaped(keys.consumer_secret)}&{_escaped(keys.access_secret)}"
    signature = b64encode(hmac.new(secret.encode(), base.encode(), sha1).digest()).decode()
    shown = {**oauth, "oauth_signature": signature}
    return "OAuth " + ", ".join(f'{name}="{_escaped(value)}"' for name, value in sorted(shown.items()))


def _escaped(text: str) -> str:
    return quote(text, safe="-._~")
