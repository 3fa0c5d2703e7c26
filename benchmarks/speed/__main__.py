"""`make bench`: measures, prints, and writes the section on speed into docs/benchmark.md."""

from __future__ import annotations

import argparse
import os
import platform
import re
import tempfile
from collections.abc import Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path

from benchmarks.speed.cases import CASES, Bench
from benchmarks.speed.measure import Row
from trustanswer.retrieval import SentenceEmbedder

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "benchmark.md"
BEGIN, END = "<!-- speed: written by make bench -->", "<!-- end of speed -->"
REAL = ROOT.parent / "shared"
LIBRARIES = ("numpy", "scipy", "onnxruntime", "torch", "sentence-transformers", "openpyxl")


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
                print(_line(row), flush=True)
                rows.append(row)
    if set(args.only) == set(CASES):
        _write(rows, f"`{file.name}`, medians of {args.rounds}")


def _line(row: Row) -> str:
    sign = "≥" if row.least else "≤"
    verdict = "met" if row.met else "missed"
    return f"| {row.what} | {row.found:.3g} | {sign} {row.target:.3g} | {verdict} | {row.detail} |"


def _write(rows: Sequence[Row], how: str) -> None:
    table = ["| figure | found | target | | from |", "|---|---|---|---|---|", *map(_line, rows)]
    section = "\n".join([BEGIN, _circumstances(how), "", *table, END])
    page = PAGE.read_text(encoding="utf-8")
    pattern = re.compile(f"{re.escape(BEGIN)}.*?{re.escape(END)}", re.DOTALL)
    if not pattern.search(page):
        page = f"{page.rstrip()}\n\n## Speed\n\n{BEGIN}\n{END}\n"
    PAGE.write_text(pattern.sub(lambda _: section, page), encoding="utf-8")


def _circumstances(how: str) -> str:
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    load = f"{os.getloadavg()[1]:.1f}"
    return (
        f"{date.today()}, {os.cpu_count()} cores ({_processor()}), load {load}, "
        f"Python {platform.python_version()}, {libraries}. {how}; what is compared ran in turns."
    )


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


if __name__ == "__main__":
    main()
