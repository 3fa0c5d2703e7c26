"""Who may do what on a shared server: roles, users, and their sessions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """Each may do what those before it may, and more."""

    VIEWER = "viewer"  # reads
    AUTHOR = "author"  # brings questionnaires in, writes answers, assigns, comments
    REVIEWER = "reviewer"  # approves, rejects, exports
    ADMIN = "admin"  # everything

    def may(self, least: Role) -> bool:
        """Whether this role is `least` or above it."""
        ranks = list(Role)
        return ranks.index(self) >= ranks.index(least)


@dataclass(frozen=True, slots=True)
class User:
    """A person who may sign in. `password` is its argon2 hash."""

    name: str
    role: Role
    password: str


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that is signed in. `key` is the SHA-256 of what its cookie holds."""

    key: str
    user: str
    expires: datetime
