"""What other processes do in these tests: python -m tests.review.worker TASK ARGUMENTS"""

from __future__ import annotations

import random
import sys
from pathlib import Path

from tests.review.reviews import NOON, approval, written
from trustanswer.errors import StaleError
from trustanswer.pipeline import exporting
from trustanswer.pipeline.reviewing import Edit, edit
from trustanswer.pipeline.workspace import Workspace
from trustanswer.review.states import Action, Decision, Rules
from trustanswer.review.store import Store


def decide(database: str, review: int, count: int, name: str) -> None:
    """Takes `count` decisions, each on what was just seen; prints the number of each event."""
    store, chance = Store(database), random.Random(name)
    answers = {a.row: a for a in store.answers(review)}
    done = 0
    while done < count:
        row = chance.choice(list(answers))
        seen = answers[row].revision
        decision = chance.choice(
            [
                written(row, f"{name} {done}", seen),
                approval(row, seen),
                Decision(row, Action.COMMENT, seen, why=f"note {done}"),
            ]
        )
        try:
            events = store.decide(review, [decision], by=name, at=NOON)
        except StaleError:
            events = ()
        except Exception as error:
            if "has no answer" not in str(error):
                raise
            events = ()
        (answers[row],) = store.answers(review, [row])
        for event in events:
            done += 1
            print(event.number, flush=True)


def export(database: str, review: int, out: Path) -> None:
    """Changes an answer and exports, over and over; prints the SHA-256 of each file sent."""
    workspace = Workspace(Store(database), Rules())
    for turn in range(1000):
        edit(workspace, review, [1], Edit(comment=f"turn {turn} " * 40), by="Ann")
        print(exporting.export(workspace, review, out, by="Ann", allow_drafts=True).sha256)
        sys.stdout.flush()


def main() -> None:
    task, database, *rest = sys.argv[1:]
    if task == "open":
        Store(database)
        print("open")
    elif task == "export":
        export(database, int(rest[0]), Path(rest[1]))
    else:
        decide(database, int(rest[0]), int(rest[1]), rest[2])


if __name__ == "__main__":
    main()
