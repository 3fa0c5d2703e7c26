"""What a running server knows: the workspace, who may come in, and where browsers reach it."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock

from trustanswer.limits import LIMITS, Limits
from trustanswer.pipeline import Settings
from trustanswer.pipeline.accounts import Access
from trustanswer.pipeline.workspace import Workspace
from trustanswer.web.visitors import Cookies, Throttle


@dataclass(frozen=True)
class Site:
    """`origins`: as browsers write them, "http://127.0.0.1:8321".

    `local_user`: on a server without accounts the person at this machine; None where people
    sign in. `drafting` is held while a questionnaire is drafted: one at a time fills the memory.
    """

    workspace: Workspace
    settings: Settings
    access: Access
    cookies: Cookies
    throttle: Throttle
    origins: frozenset[str]
    local_user: str | None
    limits: Limits = LIMITS
    drafting: Lock = field(default_factory=Lock)
