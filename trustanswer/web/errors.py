"""What can go wrong with a request, and the HTTP status of each, in one place."""

from __future__ import annotations

from typing import Any

from trustanswer.errors import InputError, ReviewError, TrustanswerError


class WebError(Exception):
    """The request is refused; the message is for the person who made it."""

    status = 400


class SignedOutError(WebError):
    """Nobody is signed in, and this is not for everybody."""

    status = 401


class RoleError(WebError):
    """The person's role does not reach this far."""

    status = 403


class ForeignError(WebError):
    """A write without the token that our own pages carry."""

    status = 403


class MissingError(WebError):
    """There is nothing at this address."""

    status = 404


class ChangedError(WebError):
    """A decision on something that is no longer what was seen; `changed` is what stands there."""

    status = 409

    def __init__(self, detail: str, changed: list[dict[str, Any]]) -> None:
        super().__init__(detail)
        self.changed = changed


_STATUS: tuple[tuple[type[Exception], int], ...] = (
    (ReviewError, 409),
    (InputError, 422),
    (TrustanswerError, 500),
)


def status_of(error: Exception) -> int:
    """The HTTP status of an error of ours."""
    if isinstance(error, WebError):
        return error.status
    return next(status for kind, status in _STATUS if isinstance(error, kind))
