"""Debian's Chromium, a running server, and a person who counts what they press."""

from __future__ import annotations

import os
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from trustanswer.web.app import create_app
from trustanswer.web.server import server_for
from trustanswer.web.site import Site

PASSWORD = "four words are enough"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@contextmanager
def chromium() -> Iterator[Any]:
    """The browser of this machine; skips, and says why, where there is none."""
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("needs Chromium: apt-get install chromium")
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=arguments)
        yield browser
        browser.close()


@contextmanager
def running(site: Site) -> Iterator[str]:
    """Serves the site on a free port; gives the address."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{bound.getsockname()[1]}"
        server = server_for(create_app(replace(site, origins=frozenset({url}))))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
        thread.start()
        yield url
        server.should_exit = True
        thread.join()


@dataclass
class Person:
    """Somebody at a page of the server. `pressed` counts keys and clicks, typed letters apart."""

    page: Any
    url: str
    pressed: int = 0
    hosts: set[str] = field(default_factory=set)
    troubles: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", lambda r: self.hosts.add(r.url.split("/")[2]))
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("console", lambda m: self._heard(m))
        self.page.on("dialog", lambda dialog: self.troubles.append(f"dialog: {dialog.message}"))

    def _heard(self, message: Any) -> None:
        expected = "Failed to load resource"  # the status of a refused request
        if message.type == "error" and expected not in message.text:
            self.troubles.append(message.text)

    def go(self, path: str) -> None:
        self.page.goto(self.url + path)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.pressed += 1
            self.page.keyboard.press(key)

    def click(self, name: str) -> None:
        self.pressed += 1
        self.page.get_by_role("button", name=name).first.click()

    def says(self, text: str) -> None:
        """Waits until the page says so."""
        self.page.get_by_text(text).first.wait_for()

    def state(self, row: int) -> str:
        """The word that the list has for a question."""
        return str(self.page.locator(f'#questions [data-row="{row}"] .word').inner_text())

    def shown(self) -> int:
        """The question in the pane."""
        return int(self.page.locator("#detail article[data-row]").get_attribute("data-row"))

    def sign_in(self, name: str) -> None:
        self.go("/login")
        self.page.get_by_label("Name").fill(name)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.wait_for_url(self.url + "/")


Visit = Callable[..., Person]
