"""Accounts in the database of the reviews, on every database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from trustanswer.review.accounts import Role, Session, User
from trustanswer.review.store.accounts import Accounts

NOW = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_a_name_is_one_account_however_it_is_written(database: str) -> None:
    accounts = Accounts(database)
    assert accounts.put(User("Ann Lee", Role.AUTHOR, "hash"))
    assert not accounts.put(User("ann  lee", Role.ADMIN, "other"))
    assert accounts.users() == (User("ann  lee", Role.ADMIN, "other"),)
    assert accounts.user("ANN LEE") == accounts.users()[0]
    assert accounts.user("Bob") is None
    accounts.close()


def test_a_session_lasts_until_it_runs_out_or_is_ended(database: str) -> None:
    accounts = Accounts(database)
    ann = User("Ann", Role.VIEWER, "hash")
    accounts.put(ann)
    for key in ("first", "second"):
        accounts.sign_in(Session(key, "Ann", NOW + HOUR), NOW)
    assert accounts.user_of("first", NOW) == ann
    assert accounts.user_of("first", NOW + HOUR) is None
    accounts.sign_out("first")
    assert accounts.user_of("first", NOW) is None
    assert accounts.user_of("second", NOW) == ann
    accounts.close()


def test_who_is_changed_or_removed_is_signed_out(database: str) -> None:
    accounts = Accounts(database)
    for name in ("Ann", "Bob"):
        accounts.put(User(name, Role.VIEWER, "hash"))
        accounts.sign_in(Session(name, name, NOW + HOUR), NOW)
    accounts.put(User("Ann", Role.ADMIN, "hash"))
    assert accounts.remove("bob")
    assert not accounts.remove("bob")
    assert accounts.user_of("Ann", NOW) is None
    assert accounts.user_of("Bob", NOW) is None
    accounts.close()


def test_every_server_signs_with_the_same_secret(database: str) -> None:
    one, other = Accounts(database), Accounts(database)
    assert one.secret("cookies", "mine") == other.secret("cookies", "yours") == "mine"
    one.close()
    other.close()


def test_each_role_may_do_what_those_before_it_may() -> None:
    for at, role in enumerate(Role):
        assert [role.may(other) for other in Role] == [n <= at for n in range(len(Role))]
