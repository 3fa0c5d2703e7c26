"""The review page, and who may use it."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from trustanswer import render
from trustanswer.cli import options

app = typer.Typer(
    help="Say who may sign in to the review page.", no_args_is_help=True, rich_markup_mode=None
)
ROLES = ("viewer", "author", "reviewer", "admin")


def _role(value: str) -> str:
    if value not in ROLES:
        raise typer.BadParameter(f"choose one of {', '.join(ROLES)}")
    return value


NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="As the person signs in.")]


def serve(
    knowledge: options.KnowledgeOption = None,
    host: Annotated[
        str,
        typer.Option(
            metavar="ADDRESS",
            help="The address to listen on. Any other than this machine's own needs accounts.",
        ),
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65535, metavar="N", help="The port; 0: any that is free.")
    ] = 8321,
    url: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            help="How browsers reach the server where a proxy stands before it, "
            "as https://answers.example.com.",
        ),
    ] = None,
    model: options.ModelOption = None,
    reranker: options.RerankerOption = None,
    min_confidence: options.ThresholdOption = None,
    tag: options.TagOption = None,
    visibility: options.VisibilityOption = None,
) -> None:
    """Open the review page in this folder: for you alone, or with accounts for a team."""
    from trustanswer.ports import silent
    from trustanswer.web import server

    settings = options.settings(knowledge, model, reranker, min_confidence, tag, visibility, silent)
    server.serve(settings, host=host, port=port, url=url, announce=render.address)


@app.command("add")
def user_add(
    name: NameArgument,
    role: Annotated[
        str,
        typer.Option(
            metavar="|".join(ROLES),
            callback=_role,
            help="viewer reads; author also brings in, edits, assigns; reviewer also approves, "
            "rejects and exports; admin may do everything.",
        ),
    ],
) -> None:
    """Let somebody sign in, or give them a new role and password.

    The password is asked for; in a pipe it is the first line of the input. Somebody who is
    signed in has to sign in again.
    """
    from trustanswer.pipeline.accounts import open_access
    from trustanswer.review.accounts import Role

    new = open_access(create=True).put(name, Role(role), _password())
    render.line(f"{'Added' if new else 'Changed'} {name}, {role}.")


@app.command("remove")
def user_remove(name: NameArgument) -> None:
    """Keep somebody from signing in, and sign them out."""
    from trustanswer.pipeline.accounts import open_access

    open_access().remove(name)
    render.line(f"Removed {name}.")


@app.command("list")
def user_list() -> None:
    """List who may sign in."""
    from trustanswer.pipeline.accounts import open_access

    for user in open_access().users():
        render.line(f"{user.name}, {user.role.value}")


def _password() -> str:
    if sys.stdin.isatty():
        found: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
        return found
    return sys.stdin.readline().rstrip("\r\n")
