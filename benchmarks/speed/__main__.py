"""`make bench`: measures, prints, and writes the section on speed into docs/benchmark.md."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks.speed.cases import CASES, Bench
from benchmarks.speed.measure import Row
from benchmarks.speed.report import line, write
from trustanswer.retrieval import SentenceEmbedder

ROOT = Path(__file__).resolve().parents[2]
REAL = ROOT.parent / "shared"


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="how often each is done (median)")
    parser.add_argument("--only", nargs="*", choices=CASES, default=list(CASES))
    parser.add_argument("--file", type=Path, help="the questionnaire to fill")
    parser.add_argument("--knowledge", type=Path, help="the statements to fill it from")
    return parser.parse_args()


def main() -> None:
    args = arguments()
    real = REAL.is_dir()
    file = args.file or (
        REAL / "questionnaires/real/caiq-4.0.3-blank.xlsx"
        if real
        else ROOT / "questionnaires/bank.xlsx"
    )
    knowledge = args.knowledge or (REAL / "knowledge/conversica" if real else ROOT / "knowledge")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        home.mkdir()
        SentenceEmbedder(None, home).encode(["made once, before anything is measured"])
        bench = Bench(args.rounds, Path(folder), home, file, knowledge)
        rows: list[Row] = []
        for name in args.only:
            for row in CASES[name](bench):
                print(line(row), flush=True)
                rows.append(row)
    if set(args.only) == set(CASES):
        write(rows, f"`{file.name}`, medians of {args.rounds}")


if __name__ == "__main__":
    main()
