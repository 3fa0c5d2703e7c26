"""Figures as a table in a page of the documentation, with the machine they were taken on."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path

from benchmarks.speed.measure import Row

DOCS = Path(__file__).resolve().parents[2] / "docs"
BEGIN, END = "<!-- written by make {} -->", "<!-- end of what make {} writes -->"
LIBRARIES = ("numpy", "scipy", "onnxruntime", "torch", "sentence-transformers", "openpyxl")


def line(row: Row) -> str:
    sign = "≥" if row.least else "≤"
    verdict = "met" if row.met else "missed"
    return f"| {row.what} | {row.found:.3g} | {sign} {row.target:.3g} | {verdict} | {row.detail} |"


def write(rows: Sequence[Row], how: str) -> None:
    """Puts the rows into the page of figures."""
    table = ["| figure | found | target | | from |", "|---|---|---|---|---|", *map(line, rows)]
    put("benchmark.md", "bench", "Speed", f"{how}; what is compared ran in turns.", table)


def put(page: str, target: str, heading: str, how: str, table: Sequence[str]) -> None:
    """Puts a table between the markers of a make target in a page, at its end if new."""
    begin, end, file = BEGIN.format(target), END.format(target), DOCS / page
    section = "\n".join([begin, f"{_circumstances()} {how}", "", *table, end])
    text = file.read_text(encoding="utf-8")
    pattern = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    if not pattern.search(text):
        text = f"{text.rstrip()}\n\n## {heading}\n\n{begin}\n{end}\n"
    file.write_text(pattern.sub(lambda _: section, text), encoding="utf-8")


def _circumstances() -> str:
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    load = f"{os.getloadavg()[1]:.1f}"
    return (
        f"{date.today()}, {os.cpu_count()} cores ({_processor()}), load {load}, "
        f"Python {platform.python_version()}, {libraries}."
    )


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())
