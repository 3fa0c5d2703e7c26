"""Who may do what: every route names the least role it needs, or that it is open to all."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Depends, Request

from trustanswer.review.accounts import Role, User
from trustanswer.web.errors import ForeignError, RoleError, SignedOutError
from trustanswer.web.security import READING
from trustanswer.web.site import Site

TOKEN_HEADER = "X-CSRF-Token"
TOKEN_FIELD = "csrf_token"


def site_of(request: Request) -> Site:
    site: Site = request.app.state.site
    return site


def token_of(request: Request) -> str:
    """What the writes of this browser must carry."""
    return site_of(request).cookies.token(request.state.held)


def user_of(request: Request) -> User | None:
    """Who asks: on a server without accounts the person at this machine, who may do everything."""
    site = site_of(request)
    if site.local_user is not None:
        return User(site.local_user, Role.ADMIN, "")
    return site.access.user(request.state.held)


async def written_by_us(request: Request) -> None:
    """Raises ForeignError where a write does not carry its browser's token (header or form)."""
    if request.method in READING:
        return
    given = request.headers.get(TOKEN_HEADER)
    if given is None and request.headers.get("content-type", "").startswith(_FORM):
        given = str((await request.form()).get(TOKEN_FIELD, ""))
    if not hmac.compare_digest((given or "").encode(), token_of(request).encode()):
        raise ForeignError("This page is out of date. Reload it, then try again.")


_FORM = "application/x-www-form-urlencoded"


def at_least(role: Role) -> Callable[[Request], User]:
    """A dependency: the person who asks. Raises SignedOutError, RoleError."""

    def allowed(request: Request) -> User:
        user = user_of(request)
        if user is None:
            raise SignedOutError("Sign in first.")
        if not user.role.may(role):
            raise RoleError(f"That takes the role {role.value}; yours is {user.role.value}.")
        return user

    return allowed


Viewer = Annotated[User, Depends(at_least(Role.VIEWER))]
Author = Annotated[User, Depends(at_least(Role.AUTHOR))]
Reviewer = Annotated[User, Depends(at_least(Role.REVIEWER))]


def may(user: User | None) -> dict[str, Any]:
    """What the pages offer this person."""
    role = Role.VIEWER if user is None else user.role
    reviewer = role.may(Role.REVIEWER)
    return {"edit": role.may(Role.AUTHOR), "approve": reviewer, "export": reviewer}
