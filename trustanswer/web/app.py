"""The application: routes, errors, and the middleware around both."""

from __future__ import annotations

from pathlib import Path
from typing import cast
from urllib.parse import quote

from fastapi import Depends, FastAPI, Request
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from trustanswer import __version__
from trustanswer.errors import TrustanswerError
from trustanswer.web import api, pages
from trustanswer.web.access import written_by_us
from trustanswer.web.errors import ChangedError, SignedOutError, WebError, status_of
from trustanswer.web.security import Guard
from trustanswer.web.site import Site
from trustanswer.web.visitors import Visitors

STATIC = Path(__file__).parent / "static"


def create_app(site: Site) -> FastAPI:
    """The application that serves a site."""
    app = FastAPI(
        title="trustanswer",
        version=__version__,
        summary="Review drafted answers to security questionnaires.",
        description=_DESCRIPTION,
        openapi_url=None,  # /api and /api/openapi.json are ours: for those who may see them, and
        docs_url=None,  # without the scripts that the usual page loads from another host
        redoc_url=None,
        dependencies=[Depends(written_by_us)],
    )
    app.state.site = site
    app.include_router(pages.router)
    app.include_router(api.router)
    app.mount("/static", StaticFiles(directory=STATIC))
    for kind in (WebError, TrustanswerError):
        app.add_exception_handler(kind, _ours)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_middleware(Visitors, cookies=site.cookies)
    app.add_middleware(Guard, origins=site.origins, limits=site.limits)
    return app


_DESCRIPTION = """\
Sign in as in the browser (a form POST of `name` and `password` to `/login`), keep the cookie, and
send the token of `GET /api/session` in the header `X-CSRF-Token` with every write. A decision
names the revision that was seen; where the answer has changed since, it is refused with 409 and
`changed` holds what stands there now."""


async def _ours(request: Request, error: Exception) -> Response:
    if isinstance(error, SignedOutError) and not _wants_json(request):
        path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/login?then={quote(path, safe='')}", 303)
    more = {"changed": error.changed} if isinstance(error, ChangedError) else {}
    return _told(request, status_of(error), str(error), **more)


async def _invalid(request: Request, error: Exception) -> Response:
    first = cast(RequestValidationError, error).errors()[0]
    place = ".".join(str(part) for part in first["loc"] if part != "body")
    return _told(request, 422, f"{place}: {first['msg']}")


async def _http(request: Request, error: Exception) -> Response:
    failed = cast(HTTPException, error)
    return _told(request, failed.status_code, failed.detail)


def _told(request: Request, status: int, detail: str, **more: object) -> Response:
    if _wants_json(request):
        return JSONResponse(jsonable_encoder({"detail": detail, **more}), status)
    return pages.problem(request, status, detail)


def _wants_json(request: Request) -> bool:
    """Programs and the scripts of the pages; a person who goes to an address wants a page."""
    return request.url.path.startswith("/api/")
