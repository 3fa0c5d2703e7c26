"""Who asks: a browser by its cookie, a person by the session behind it, a write by its token."""

from __future__ import annotations

import hmac
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from http.cookies import CookieError, SimpleCookie
from threading import Lock

from itsdangerous import BadSignature, Signer
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from trustanswer.pipeline.accounts import fresh


@dataclass(frozen=True)
class Cookies:
    """What a browser holds: random bits, signed, so that made-up ones need no look-up."""

    secret: str
    name: str
    secure: bool

    def read(self, headers: Headers) -> str | None:
        """What the browser holds, if this server gave it out."""
        try:
            found = SimpleCookie(headers.get("cookie", "")).get(self.name)
            return None if found is None else self._signer().unsign(found.value).decode()
        except (BadSignature, CookieError, UnicodeDecodeError):
            return None

    def header(self, held: str) -> str:
        """The Set-Cookie that gives it to the browser, until that is closed."""
        value = self._signer().sign(held).decode()
        secure = "; Secure" if self.secure else ""
        return f"{self.name}={value}; HttpOnly; SameSite=Strict; Path=/{secure}"

    def token(self, held: str) -> str:
        """What a write of this browser must carry; no other site can read it or guess it."""
        return hmac.new(self.secret.encode(), f"write:{held}".encode(), sha256).hexdigest()

    def _signer(self) -> Signer:
        return Signer(self.secret, salt="trustanswer.cookie", digest_method=sha256)


@dataclass(frozen=True)
class Visitors:
    """ASGI middleware: `scope["state"]["held"]` tells browsers apart; new ones get a cookie."""

    app: ASGIApp
    cookies: Cookies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        known = self.cookies.read(Headers(scope=scope))
        state = scope.setdefault("state", {})
        state["held"] = known or fresh()
        if scope["path"].startswith("/static/"):  # the same for all, and no reason for a cookie
            await self.app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start" and state["held"] != known:
                headers = MutableHeaders(scope=message)
                headers.append("Set-Cookie", self.cookies.header(state["held"]))
            await send(message)

        await self.app(scope, receive, sending)


WINDOW = 15 * 60.0  # seconds in which failures count
ALLOWED = {"name and address": 5, "address": 20, "name": 50}  # failures in a window
REMEMBERED = 10_000  # keys; beyond them those without a recent failure are forgotten


@dataclass
class Throttle:
    """Counts failed sign-ins, so that passwords cannot be tried out. `clock` gives seconds."""

    clock: Callable[[], float]
    _failures: dict[tuple[str, str, str], deque[float]] = field(
        default_factory=lambda: defaultdict(deque)
    )
    _lock: Lock = field(default_factory=Lock)

    def wait(self, name: str, address: str) -> int:
        """Seconds until another try is taken; 0: now."""
        now = self.clock()
        with self._lock:
            waits = [
                recent[-allowed] + WINDOW - now
                for key, allowed in _counted(name, address)
                if len(recent := self._recent(key, now)) >= allowed
            ]
        return max((int(wait) + 1 for wait in waits), default=0)

    def failed(self, name: str, address: str) -> None:
        now = self.clock()
        with self._lock:
            for key, _ in _counted(name, address):
                self._failures[key].append(now)
            if len(self._failures) > REMEMBERED:
                for key in list(self._failures):
                    self._recent(key, now)

    def _recent(self, key: tuple[str, str, str], now: float) -> deque[float]:
        recent = self._failures.get(key, deque())
        while recent and recent[0] <= now - WINDOW:
            recent.popleft()
        if not recent:
            self._failures.pop(key, None)
        return recent


def _counted(name: str, address: str) -> list[tuple[tuple[str, str, str], int]]:
    name = " ".join(name.split()).casefold()
    keys = {
        "name and address": ("both", name, address),
        "address": ("address", "", address),
        "name": ("name", name, ""),
    }
    return [(keys[what], allowed) for what, allowed in ALLOWED.items()]
