"""A small mutational fuzzer, seeded so that every run can be repeated.

    python -m tests.fuzz.driver --seconds 60 --seed 1 [--only TARGET ...] [--counts FILE]

It goes round the targets, gives each a batch of mutated seeds, and prints how many executions each
had and what it found. A finding is kept in tests/fuzz/corpus/TARGET, which the tests read again.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import sys
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from types import FrameType

from tests.fuzz.targets import ALLOWED, DICTIONARY, SEEDS, TARGETS, ZIPPED

CORPUS = Path(__file__).parent / "corpus"
LONGEST = 2_000  # bytes of an input
HANGS = 5.0  # seconds of computing that one input may take
BATCH = 200
SLICE = 20.0  # seconds after which what was found is kept


class HangError(Exception):
    """An input took longer than any may."""


def _hang(_: int, __: FrameType | None) -> None:
    raise HangError


def mutated(seeds: tuple[bytes, ...], chance: random.Random) -> bytes:
    """One of the seeds with a few cuts, copies, flips and insertions."""
    data = bytearray(chance.choice(seeds))
    for _ in range(chance.choice((1, 1, 2, 3, 5, 8))):
        place = chance.randrange(len(data) + 1)
        end = min(len(data), place + chance.choice((1, 1, 4, 16, 64)))
        kind = chance.randrange(6)
        if kind == 0:
            del data[place:end]
        elif kind == 1:
            data[place:place] = data[place:end] * chance.choice((1, 2, 30))
        elif kind == 2:
            data[place:end] = chance.randbytes(end - place)
        elif kind == 3:
            data[place:place] = chance.choice(seeds)[: chance.randrange(1, 80)]
        else:
            data[place : place if kind == 4 else end] = chance.choice(DICTIONARY)
    return bytes(data[:LONGEST])


def an_input(target: str, chance: random.Random) -> bytes:
    """A mutated seed; of a package, one part is mutated and all are packed again."""
    if target not in ZIPPED:
        return mutated(SEEDS[target], chance)
    parts = {name: text.encode() for name, text in json.loads(SEEDS[target][0]).items()}
    name = chance.choice(list(parts))
    parts[name] = mutated((parts[name],), chance)
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, data in parts.items():
            archive.writestr(zipfile.ZipInfo(part, (2022, 2, 11, 12, 30, 0)), data)
    whole = file.getvalue()
    return mutated((whole,), chance) + whole[LONGEST:] if chance.random() < 0.2 else whole


def finding(target: str, data: bytes) -> str | None:
    """What is wrong with how a target takes an input; None where it is right."""
    signal.setitimer(signal.ITIMER_VIRTUAL, HANGS)
    try:
        TARGETS[target](data)
    except ALLOWED as error:
        said = str(error)
        return None if said and "\n" not in said else f"{target}: more than a line: {said!r}"
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        return (
            f"{target}: {type(error).__name__} in {Path(last.filename).name}:{last.name}: {error}"
        )
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return None


def fuzz(
    names: Iterable[str], seed: int | str, *, seconds: float = 0, each: int = 0
) -> tuple[Counter[str], dict[str, bytes]]:
    """Executions by target, and findings (by what is said of them) with an input for each.

    Ends after so many seconds, or after `each` executions of every target.
    """
    before = signal.signal(signal.SIGVTALRM, _hang)
    chances = {name: random.Random(f"{seed} {name}") for name in names}
    done: Counter[str] = Counter()
    found: dict[str, bytes] = {}
    end = time.monotonic() + seconds
    try:
        while time.monotonic() < end if seconds else min(done[n] for n in chances) < each:
            for name, chance in chances.items():
                for _ in range(min(BATCH, each) if each else BATCH):
                    data = an_input(name, chance)
                    done[name] += 1
                    said = finding(name, data)
                    if said is not None:
                        found.setdefault(said[:150], data)
    finally:
        signal.signal(signal.SIGVTALRM, before)
    return done, found


def keep(found: dict[str, bytes]) -> None:
    for said, data in found.items():
        folder = CORPUS / said.partition(":")[0]
        folder.mkdir(parents=True, exist_ok=True)
        (folder / sha256(data).hexdigest()[:12]).write_bytes(data)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="*", default=list(TARGETS), choices=list(TARGETS))
    parser.add_argument("--counts", type=Path, help="Write the counts so far here.")
    asked = parser.parse_args()
    done: Counter[str] = Counter()
    found: dict[str, bytes] = {}
    end, turn = time.monotonic() + asked.seconds, 0
    while (left := end - time.monotonic()) > 0:
        counts, new = fuzz(asked.only, f"{asked.seed}.{turn}", seconds=min(left, SLICE))
        turn += 1
        done += counts
        found |= new
        keep(new)
        if asked.counts:
            asked.counts.write_text(json.dumps({"done": done, "found": sorted(found)}))
    for name, count in done.items():
        print(f"{name:14}{count:9,}")
    print(f"{sum(done.values()):,} executions, {len(found)} findings")
    print(*found, sep="\n")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
