"""Users and sessions, in the database of the reviews."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from trustanswer.review.accounts import Role, Session, User
from trustanswer.review.store.database import Database
from trustanswer.review.store.steps import keep

_meta = sa.MetaData()
_users = sa.Table("users", _meta, *map(sa.Column, ("key", "name", "role", "password")))
_sessions = sa.Table("sessions", _meta, *map(sa.Column, ("key", "user", "expires")))
_secrets = sa.Table("secrets", _meta, *map(sa.Column, ("name", "value")))


class Accounts(Database):
    """The accounts of a database; names are told apart without regard to case."""

    def users(self) -> tuple[User, ...]:
        """Everyone who may sign in, by name."""
        with self._reading() as connection:
            rows = connection.execute(sa.select(_users).order_by(_users.c.key)).mappings()
            return tuple(_user_of(row) for row in rows)

    def user(self, name: str) -> User | None:
        with self._reading() as connection:
            query = sa.select(_users).where(_users.c.key == _key(name))
            row = connection.execute(query).mappings().one_or_none()
        return None if row is None else _user_of(row)

    def put(self, user: User) -> bool:
        """Adds a user, or gives one a new role and password; says whether it is a new one.

        Whoever was signed in by that name is signed out.
        """
        row = {"name": user.name, "role": user.role.value, "password": user.password}
        with self._writing() as connection:
            _sign_out_everywhere(connection, user.name)
            mine = _users.c.key == _key(user.name)
            known = connection.execute(sa.update(_users).where(mine).values(row)).rowcount
            if not known:
                connection.execute(sa.insert(_users).values({**row, "key": _key(user.name)}))
        return not known

    def remove(self, name: str) -> bool:
        """Takes a user away, signed in or not; says whether there was one."""
        with self._writing() as connection:
            _sign_out_everywhere(connection, name)
            mine = _users.c.key == _key(name)
            return bool(connection.execute(sa.delete(_users).where(mine)).rowcount)

    def sign_in(self, session: Session, now: datetime) -> None:
        """Keeps a session, and forgets those that have run out."""
        row = {"key": session.key, "user": _key(session.user), "expires": _at(session.expires)}
        with self._writing() as connection:
            connection.execute(sa.delete(_sessions).where(_sessions.c.expires <= _at(now)))
            connection.execute(sa.insert(_sessions).values(row))

    def sign_out(self, session: str) -> None:
        """Ends a session, by its key."""
        with self._writing() as connection:
            connection.execute(sa.delete(_sessions).where(_sessions.c.key == session))

    def user_of(self, session: str, now: datetime) -> User | None:
        """Whose session this is, as their account stands today; None where it has ended."""
        query = (
            sa.select(_users)
            .join(_sessions, _sessions.c.user == _users.c.key)
            .where(_sessions.c.key == session, _sessions.c.expires > _at(now))
        )
        with self._reading() as connection:
            row = connection.execute(query).mappings().one_or_none()
        return None if row is None else _user_of(row)

    def secret(self, name: str, fresh: str) -> str:
        """The secret of that name that all servers on this database share; `fresh` if none yet."""
        with self._writing() as connection:
            keep(connection, _secrets, [{"name": name, "value": fresh}])
            query = sa.select(_secrets.c.value).where(_secrets.c.name == name)
            found: str = connection.execute(query).scalar_one()
            return found


def _sign_out_everywhere(connection: Connection, name: str) -> None:
    connection.execute(sa.delete(_sessions).where(_sessions.c.user == _key(name)))


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()


def _at(moment: datetime) -> str:
    """UTC as text that sorts as the moments do."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _user_of(row: RowMapping) -> User:
    return User(row["name"], Role(row["role"]), row["password"])
