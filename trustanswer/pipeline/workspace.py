"""Where reviews are kept, who is at work, and when: what the surroundings say of a review."""

from __future__ import annotations

import getpass
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from trustanswer.errors import InputError, StoreError
from trustanswer.pipeline.settings import DATABASE_URL, FOLDER, refuse_unknown, settings_file
from trustanswer.review.states import Rules
from trustanswer.review.store import Store, sqlite_url
from trustanswer.workbook.tokens import clean_text


@dataclass(frozen=True)
class Workspace:
    """The open database of reviews, and what the workspace demands of a decision.

    Leaving it as a context closes the database.
    """

    store: Store
    rules: Rules

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.store.close()


def open_workspace(*, create: bool = False) -> Workspace:
    """The workspace of the current folder, or the database that the environment names.

    Without `create` there must be one. Raises InputError where there is none, StoreError where it
    cannot be used.
    """
    rules = _rules()
    return Workspace(Store(database_url(create=create)), rules)


def database_url(*, create: bool = False) -> str:
    """Where the reviews and the accounts are kept; with the conditions of `open_workspace`."""
    return os.environ.get(DATABASE_URL) or sqlite_url(_file(create=create))


def workspace_exists() -> bool:
    """Whether reviews were ever kept here."""
    return bool(os.environ.get(DATABASE_URL)) or (Path(FOLDER) / "trustanswer.db").exists()


def _file(*, create: bool) -> Path:
    folder = Path(FOLDER)
    if not create and not workspace_exists():
        raise InputError(
            f"there are no reviews here: no folder {FOLDER} in {Path.cwd()}; "
            "go where `review start` was run, or start one"
        )
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        folder.chmod(0o700)  # also where it was made by hand
        (folder / ".gitignore").write_text("*\n")  # customers' files are not for a repository
        (folder / "trustanswer.db").touch(mode=0o600)
    except OSError as error:
        raise StoreError(f"{folder} cannot be made: {error.strerror or error}") from error
    return folder / "trustanswer.db"


def _rules() -> Rules:
    """`[review] second_person = true` in trustanswer.toml."""
    section = settings_file().get("review", {})
    if isinstance(section, dict):
        refuse_unknown(section, ("second_person",), " under [review]")
    second = section.get("second_person", False) if isinstance(section, dict) else None
    if not isinstance(second, bool):
        raise InputError("trustanswer.toml: under [review], write second_person = true or false")
    return Rules(second_person=second)


def user_name() -> str:
    """The name of the user that this runs as, where nobody gave another."""
    try:
        return getpass.getuser()
    except (OSError, KeyError) as error:
        raise InputError("who is deciding? name yourself with --by") from error


def named(name: str, advice: str = "a name is needed for the record; give one with --by") -> str:
    """A name as it goes on record. Raises InputError, with the advice, where it says nothing."""
    plain = " ".join(clean_text(name).split())
    if not plain:
        raise InputError(advice)
    return plain


def now() -> datetime:
    return datetime.now(UTC)
