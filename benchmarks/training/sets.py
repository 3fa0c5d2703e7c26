"""The labelled sets, and what is held out of what: the folds.

Every set is measured with weights that were trained on all the others that the project carries: of
a vendor and of a real trust center neither statements nor questions were seen; of a customer's
questionnaire, and of a framework on a trust center whose facts the project restates, no question.
`SHIPPED` is trained on all of them, and holds nothing out; each set apart is measured with what it
learned, and with a confidence that was calibrated without the set. A set is read by a cross-encoder
that has not seen it either (`readers.py`): it was trained without the set's block. The second
regression of a fold is fitted on such readings of the sets it is trained on; the cross-encoders
that read those may have seen what the fold leaves out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
SHIPPED = "shipped"
FRAMEWORKS = "frameworks"


@dataclass(frozen=True)
class LabelledSet:
    """Labelled questions and the statements they were labelled by. `group`: its row of figures."""

    name: str
    group: str
    labels: Path
    knowledge: Path

    @property
    def questionnaire(self) -> str:
        """What tells its questions from those of others."""
        return self.labels.stem if self.group.startswith("customers") else self.name

    @property
    def files(self) -> list[Path]:
        inside = sorted(p for p in self.knowledge.rglob("*") if p.is_file())
        return [self.labels, *(inside or [self.knowledge])]


@dataclass(frozen=True)
class Fold:
    """What one folder of weights is trained on, and what it may be measured on."""

    name: str
    trained_on: tuple[LabelledSet, ...]
    held_out: tuple[LabelledSet, ...]


BENCHMARKS = ROOT / "benchmarks"


def _folders(place: str) -> list[Path]:
    return sorted(each for each in (BENCHMARKS / place).iterdir() if each.is_dir())


def _answering(folder: Path) -> Path:
    """The statements that questions are held against: those of the folder, or the project's."""
    own = folder / "knowledge"
    return own if own.exists() else ROOT / "knowledge"


VENDORS = tuple(
    LabelledSet(folder.name, "vendors", folder / "labels.jsonl", folder / "trust-center.md")
    for folder in _folders("vendors")
    if (folder / "trust-center.md").exists()
)
_OTHERS = tuple(  # vendors of other makes
    LabelledSet(folder.name, "further", folder / "labels.jsonl", folder / "knowledge")
    for folder in _folders("vendors")
    if (folder / "knowledge").exists()
)
_CROSSED = tuple(  # the questions of one vendor held against the statements of another
    LabelledSet(
        f"{folder.name}, crossed",
        "further",
        folder / "labels.jsonl",
        _answering(BENCHMARKS / "vendors" / folder.name),
    )
    for folder in _folders("crossed")
)
_FITTED = ("brinehall", "ferncastle", "kelpwick", "quillhaven", "stavewright", "tallowmere")
# Never measured on. The regressions of every fold are fitted on some of them: their few weights
# learned nothing from more, and near misses would count less. A cross-encoder learns from all.
FURTHER = tuple(one for one in _OTHERS if one.name in _FITTED)
TO_READ = tuple(one for one in (*_OTHERS, *_CROSSED) if one not in FURTHER)
# What is left out of a cross-encoder together, each block of several makes; sets with statements in
# common are in one.
BLOCKS = {
    "1": (
        "carefold",
        "grainmill",
        "ferncastle",
        "saltgrove",
        "ferncastle, crossed",
        "saltgrove, crossed",
        "own-cloud-controls, crossed",
        "own-self-assessment, crossed",
        "own-consensus, crossed",
        "own-customers-a, crossed",
        "own-customers-b, crossed",
        "cindermoor",
        "harrowbeck",
        "ostlery",
        "quernstone",
    ),
    "2": (
        "ledgerlane",
        "murmurly",
        "brinehall",
        "brinehall, crossed",
        "hollowbrook",
        "tallowmere",
        "wrenfold",
        "tallowmere, crossed",
        "dunmorrow",
        "larkmere",
        "hollowbrook, crossed",
        "wrenfold, crossed",
        "dunmorrow, crossed",
        "larkmere, crossed",
        "velmoor",
        "brackenfold",
    ),
    "3": (
        "rosterwell",
        "shipkite",
        "quillhaven",
        "marlstone",
        "quillhaven, crossed",
        "thornwick",
        "kelpwick",
        "stavewright",
        "oakhallow",
        "marlstone, crossed",
        "thornwick, crossed",
        "kelpwick, crossed",
        "oakhallow, crossed",
        "fallowgate",
        "sablewick",
    ),
}
# Nothing is trained on these; the confidence of all others is calibrated on them. By the way they
# are made: near misses, a framework's manner, a customer's own.
_APART = {
    "calder": FRAMEWORKS,
    "greywharf": "vendors",
    "pinwarden": "vendors",
    "thistledown": "vendors",
    "own-dealership": "customers",
    "own-hospital": "customers",
    "own-insurer": "customers",
    "own-lender": "customers",
    "own-logistics": "customers",
    "own-publisher": "customers",
    "own-tender": "customers",
    "own-university": "customers",
    "lanternmesh": FRAMEWORKS,
    "osprey": FRAMEWORKS,
    "own-assurance": FRAMEWORKS,
    "own-shortform": FRAMEWORKS,
    "sluicegate": FRAMEWORKS,
}
APART = tuple(
    LabelledSet(
        name,
        f"{group}, set apart",
        BENCHMARKS / "apart" / name / "labels.jsonl",
        _answering(BENCHMARKS / "apart" / name),
    )
    for name, group in _APART.items()
)
CUSTOMERS = tuple(
    LabelledSet(name, "customers", BENCHMARKS / "customers" / f"{name}.jsonl", ROOT / "knowledge")
    for name in ("bank", "retailer", "startup")
)


def outside(shared: Path) -> list[LabelledSet]:
    """Sets that are not the project's to carry, those of them that are in the folder: the same
    customers on a trust center as it was published, a framework, two further real ones."""
    gold, knowledge = shared / "gold", shared / "knowledge"
    found = [
        LabelledSet(
            f"{each.name} (published)",
            "customers, published statements",
            gold / "conversica" / f"{each.name}.jsonl",
            knowledge / "conversica",
        )
        for each in CUSTOMERS
    ]
    for name, labels, place in (
        ("framework", "conversica/caiq4", "conversica"),
        ("mesh network", "tailscale/labels", "tailscale"),
        ("data pipeline", "stitch/labels", "stitch"),
    ):
        found.append(LabelledSet(name, FRAMEWORKS, gold / f"{labels}.jsonl", knowledge / place))
    return [each for each in found if each.labels.exists() and each.knowledge.exists()]


def folds(shared: Path) -> list[Fold]:
    """Every fold, the shipped one last. A customer's questionnaire is left out as a whole,
    whichever statements it is held against."""
    carried = (*VENDORS, *FURTHER, *CUSTOMERS)
    further = outside(shared)
    measured = [*VENDORS, *CUSTOMERS, *(s for s in further if s.group == FRAMEWORKS)]
    left_out = [
        (one, *(s for s in further if s is not one and s.questionnaire == one.questionnaire))
        for one in measured
    ]
    return [
        *(
            Fold(f"without-{left[0].name}", tuple(s for s in carried if s not in left), left)
            for left in (*left_out, *((one,) for one in APART))
        ),
        Fold(SHIPPED, carried, ()),
    ]


@dataclass(frozen=True)
class Stamp:
    """Beside what was made, the digest of what it was made from."""

    file: Path
    inputs: str

    @property
    def fresh(self) -> bool:
        return self.file.exists() and self.file.read_text() == self.inputs

    @contextmanager
    def renewed(self) -> Iterator[None]:
        """While it is made again nothing vouches for it, nor after that has failed."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.unlink(missing_ok=True)
        yield
        self.file.write_text(self.inputs)


def digest(parts: Iterable[str], files: Sequence[Path]) -> str:
    """SHA-256 over words and over what files hold."""
    found = hashlib.sha256()
    for part in parts:
        found.update(part.encode() + b"\0")
    for file in files:
        found.update(hashlib.sha256(file.read_bytes()).digest())
    return found.hexdigest()
