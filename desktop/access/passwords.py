"""Passwords as argon2id hashes. The parameters are in each hash; one with old parameters is replaced at a sign-in."""

from base64 import b64encode

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from desktop.domain.errors import KnownError
from desktop.domain.operator import LONGEST_PASSWORD, SHORTEST_PASSWORD

_SALT, _TAG = (b64encode(bytes(size)).decode().rstrip("=") for size in (16, 32))


class Passwords:
    """Hashes and verifies. Each call takes some 50 ms and 64 MiB, in a thread.

    Args:
        time_cost, memory_kib, parallelism: Source: RFC 9106 section 4, the second recommended option.
    """

    def __init__(self, *, time_cost: int = 3, memory_kib: int = 65_536, parallelism: int = 4) -> None:
        self._hasher = PasswordHasher(
            time_cost=time_cost, memory_cost=memory_kib, parallelism=parallelism, type=Type.ID
        )
        # A hash that no password is known for: to try one takes as long as with any other, and to write it nothing.
        self._nobody = f"$argon2id$v=19$m={memory_kib},t={time_cost},p={parallelism}${_SALT}${_TAG}"

    def hash(self, password: str) -> str:
        """Return what may be stored.

        Raises:
            KnownError: `password_too_short`, `password_too_long`.
        """
        if len(password) < SHORTEST_PASSWORD:
            raise KnownError(
                "password_too_short",
                f"A password has at least {SHORTEST_PASSWORD} characters.",
                "Some words that only you put together are easy to remember and hard to guess.",
            )
        if len(password) > LONGEST_PASSWORD:
            raise KnownError("password_too_long", f"A password has at most {LONGEST_PASSWORD} characters.")
        return self._hasher.hash(password)

    def is_right(self, stored: str | None, password: str) -> bool:
        """Compare in constant time; None, for nobody, takes as long and is never right."""
        try:
            is_right = self._hasher.verify(stored or self._nobody, password[: LONGEST_PASSWORD + 1])
        except (VerificationError, InvalidHashError):
            return False
        return is_right and stored is not None

    def is_stale(self, stored: str) -> bool:
        """Tell whether a hash has other parameters than those of now."""
        return self._hasher.check_needs_rehash(stored)
