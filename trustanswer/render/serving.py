"""What `serve` says."""

from __future__ import annotations

from trustanswer.render.terminal import line


def address(url: str, accounts: bool, drafts: bool) -> None:
    """Says where the page is, who comes in, and what cannot be done there."""
    line(f"The review page is at {url} (Ctrl-C ends it).")
    if accounts:
        line("People sign in with their accounts.")
    else:
        line("No accounts: only this machine is served, and whoever uses it may do everything.")
    if not drafts:
        line("No knowledge base: reviews are open, new questionnaires need one; name it with -k.")
