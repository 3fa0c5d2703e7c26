"""Spreadsheets: the only package that knows them.

    grid      what stands in a file's cells, read once (the single door to openpyxl)
    layout    which rows ask, and where their answers go: a sheet is cut into tables at its headers
              (tables, headers), each table's columns are told from facts (facts, columns) and its
              rows from what is usual there (rows); words stand in vocabulary.toml
    options   what a dropdown offers; choices: which of it a verdict means
    answers   what was answered in a file that comes back as evidence
    mapping   the layout as a file the user can correct
    package, splice, delimited   the answers into the customer's file, all else to the byte

Understanding a file starts at `read_questionnaire`; `choose` maps a verdict to a legal option
(with `Mapping.meanings` of the question where the user gave a mapping); `fill_file` writes.
"""

from trustanswer.workbook.answers import read_answers
from trustanswer.workbook.choices import choose
from trustanswer.workbook.layout import Advice, read_questionnaire
from trustanswer.workbook.mapping import Mapping, read_mapping, render_mapping
from trustanswer.workbook.outcome import Outcome
from trustanswer.workbook.splice import fill_file

__all__ = [
    "Advice",
    "Mapping",
    "Outcome",
    "choose",
    "fill_file",
    "read_answers",
    "read_mapping",
    "read_questionnaire",
    "render_mapping",
]
