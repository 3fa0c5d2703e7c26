"""What every request must be, and what every response says, whoever asks.

A page on another site may make a browser send requests here. So the Host must be one that this
server answers to (a foreign name that resolves to this machine is refused), a write must come
from a page of this server, and no page of it runs a script or a style that is not its own file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from trustanswer.limits import LIMITS, Limits

READING = frozenset({"GET", "HEAD", "OPTIONS"})
UPLOADS = frozenset({"/questionnaires", "/api/questionnaires"})

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True)
class Guard:
    """ASGI middleware around the whole application.

    `origins`: where browsers reach the server, as "http://127.0.0.1:8321".
    """

    app: ASGIApp
    origins: frozenset[str]
    limits: Limits = LIMITS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refused = self._refusal(scope["method"], headers)
        if refused is not None:
            await PlainTextResponse(refused, 403)(scope, receive, _with_headers(send))
            return
        limited = _limited(receive, self._most(scope["path"]))
        await self.app(scope, limited, _with_headers(send))

    def _most(self, path: str) -> int:
        return self.limits.upload_bytes if path in UPLOADS else self.limits.body_bytes

    def _refusal(self, method: str, headers: Headers) -> str | None:
        hosts = {urlsplit(origin).netloc for origin in self.origins}
        if headers.get("host", "").lower() not in hosts:
            return "This server does not answer to that name."
        if method not in READING and not self._own(headers):
            return "A write must come from a page of this server."
        return None

    def _own(self, headers: Headers) -> bool:
        """Whether the request comes from our own page, or from a program that is no browser."""
        origin = headers.get("origin")
        if origin is not None:
            return origin.lower() in self.origins
        return headers.get("sec-fetch-site", "none") in ("same-origin", "none")


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sending


def _limited(receive: Receive, limit: int) -> Receive:
    """The body, counted as it arrives: what a client says of its length is not believed."""
    taken = 0

    async def receiving() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > limit:
            raise HTTPException(413, f"That is more than {limit // (1024 * 1024)} MiB.")
        return message

    return receiving
