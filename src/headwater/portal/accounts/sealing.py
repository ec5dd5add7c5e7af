"""Small secrets, sealed for the database with AES-GCM, each kind of secret by a key of its own."""

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE = 12  # bytes


@dataclass(frozen=True)
class Sealed:
    """A kind of secret: what is sealed as one kind cannot be opened as another."""

    kind: str

    def seal(self, text: str) -> str:
        """Seal a text."""
        nonce = os.urandom(NONCE)
        sealed = nonce + self._cipher().encrypt(nonce, text.encode(), self.kind.encode())
        return urlsafe_b64encode(sealed).decode()

    def open(self, sealed: str) -> str:
        """Open what was sealed.

        Raises:
            cryptography.exceptions.InvalidTag: It was sealed as another kind, by another key, or changed.
        """
        raw = urlsafe_b64decode(sealed)
        return self._cipher().decrypt(raw[:NONCE], raw[NONCE:], self.kind.encode()).decode()

    def _cipher(self) -> AESGCM:
        key = HKDF(SHA256(), 32, salt=None, info=self.kind.encode())
        return AESGCM(key.derive(settings.SECRET_KEY.encode()))
