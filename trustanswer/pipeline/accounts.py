"""Signing in on a shared server: passwords, and sessions that end."""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from trustanswer.errors import InputError
from trustanswer.pipeline.workspace import database_url
from trustanswer.review.accounts import Role, Session, User
from trustanswer.review.store.accounts import Accounts

if TYPE_CHECKING:
    from argon2 import PasswordHasher

LASTS = timedelta(hours=12)  # a working day; then the password is asked for again
SHORTEST = 12  # characters of a password
LONGEST = 200  # of a name or a password; argon2 would take its time over more


class Access:
    """The accounts of one database, with the clock and the random numbers they need."""

    def __init__(self, url: str) -> None:
        """`url`: the database, as for the reviews."""
        self._accounts = Accounts(url)

    def close(self) -> None:
        self._accounts.close()

    def users(self) -> tuple[User, ...]:
        """Everyone who may sign in."""
        return self._accounts.users()

    def put(self, name: str, role: Role, password: str) -> bool:
        """Adds a user, or gives one a new role and password; says whether it is a new one.

        Raises InputError where the name or the password will not do.
        """
        name = " ".join(name.split())
        if not name or len(name) > LONGEST or not name.isprintable():
            raise InputError(f"a name has 1 to {LONGEST} printable characters")
        if not SHORTEST <= len(password) <= LONGEST:
            raise InputError(
                f"a password has {SHORTEST} to {LONGEST} characters; a few words will do"
            )
        return self._accounts.put(User(name, role, _hasher().hash(password)))

    def remove(self, name: str) -> None:
        """Takes a user away and ends their sessions. Raises InputError where there is none."""
        if not self._accounts.remove(name):
            raise InputError(f"there is no user {name}")

    def sign_in(self, name: str, password: str) -> str | None:
        """A new session, as what its browser holds; None where name or password is wrong.

        A name that is not known takes as long as one that is.
        """
        user = self._accounts.user(name[:LONGEST])
        if not _fits(_stand_in() if user is None else user.password, password) or user is None:
            return None
        held, now = fresh(), datetime.now(UTC)
        self._accounts.sign_in(Session(_key(held), user.name, now + LASTS), now)
        return held

    def user(self, held: str) -> User | None:
        """Whose session this is; None where it has ended or never was."""
        return self._accounts.user_of(_key(held), datetime.now(UTC))

    def sign_out(self, held: str) -> None:
        """Ends a session for good, whoever still holds its cookie."""
        self._accounts.sign_out(_key(held))

    def secret(self) -> str:
        """The key that signs cookies, shared by every server on the database."""
        return self._accounts.secret("cookies", fresh())


def open_access(*, create: bool = False) -> Access:
    """The accounts of the workspace; with the conditions of `open_workspace`."""
    return Access(database_url(create=create))


def fresh() -> str:
    """256 random bits as text that a cookie can hold."""
    return secrets.token_urlsafe(32)


def _key(held: str) -> str:
    """Under what a session is kept: who reads the database can open none of them."""
    return hashlib.sha256(held.encode()).hexdigest()


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _stand_in() -> str:
    return _hasher().hash(fresh())


def _fits(hashed: str, password: str) -> bool:
    from argon2.exceptions import Argon2Error

    try:
        return len(password) <= LONGEST and bool(_hasher().verify(hashed, password))
    except Argon2Error:
        return False
