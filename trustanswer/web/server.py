"""Serving the pages: where from, to whom, and at which address."""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable
from urllib.parse import urlsplit

import uvicorn
from fastapi import FastAPI

from trustanswer.errors import InputError, OutputError
from trustanswer.pipeline import Settings
from trustanswer.pipeline.accounts import fresh, open_access
from trustanswer.pipeline.filling import can_draft
from trustanswer.pipeline.settings import limits_here
from trustanswer.pipeline.workspace import open_workspace, user_name
from trustanswer.web.app import create_app
from trustanswer.web.site import Site
from trustanswer.web.visitors import Cookies, Throttle

HERE = "127.0.0.1"
PORT = 8321


def serve(
    settings: Settings,
    *,
    host: str,
    port: int,
    url: str | None,
    announce: Callable[[str, bool, bool], None],
) -> None:
    """Serves until it is interrupted. `port` 0: any that is free.

    `url` is where browsers reach the server if a proxy stands before it. `announce` is told the
    address, whether people sign in, and whether new questionnaires can be drafted. Without accounts
    only this machine is served: raises InputError for any other `host`; and TrustanswerError where
    the first questionnaire would fail.
    """
    drafts = can_draft(settings)
    workspace = open_workspace(create=True)
    access = open_access(create=True)
    accounts = bool(access.users())
    if not accounts and not _is_this_machine(host):
        raise InputError(
            f"{host} can be reached by others, and there are no accounts; "
            "add one with `trustanswer user add NAME --role admin`"
        )
    with _bound(host, port) as bound:
        port = bound.getsockname()[1]
        origins = _origins(host, port, url)
        site = Site(
            workspace=workspace,
            settings=settings,
            access=access,
            cookies=Cookies(
                access.secret() if accounts else fresh(),
                f"trustanswer-{port}",
                secure=(url or "").startswith("https://"),
            ),
            throttle=Throttle(time.monotonic),
            origins=origins,
            local_user=None if accounts else user_name(),
            limits=limits_here(),
        )
        announce(url or f"http://{_bracketed(host)}:{port}", accounts, drafts)
        server_for(create_app(site)).run(sockets=[bound])


def server_for(app: FastAPI) -> uvicorn.Server:
    """The server of an application, on a socket that is bound already."""
    return uvicorn.Server(
        uvicorn.Config(app, log_level="warning", server_header=False, date_header=False)
    )


def _origins(host: str, port: int, url: str | None) -> frozenset[str]:
    if url is not None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.path not in ("", "/"):
            raise InputError(f"--url {url}: write it as https://answers.example.com")
        return frozenset({f"{parts.scheme}://{parts.netloc}".lower()})
    if host in ("0.0.0.0", "::"):  # nosec B104: to refuse them
        raise InputError(f"{host} is every address; say with --url how browsers reach the server")
    names = {HERE, "localhost", "[::1]"} if _is_this_machine(host) else {_bracketed(host)}
    return frozenset(f"http://{name}:{port}" for name in names)


def _is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
        bound.listen()  # who comes before all is ready waits, and is not turned away
    except OSError as error:
        bound.close()
        raise OutputError(
            f"{host}:{port} cannot be listened on: {error.strerror or error}; try another --port"
        ) from error
    return bound
