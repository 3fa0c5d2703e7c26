"""Spreadsheets: the only package that knows them.

    package   the zip file of a workbook, carried as it is
    grid      what stands in its cells, read once (the single door to openpyxl)
    layout    which rows ask, and where their answers go
    choices   a dropdown's values, and which of them a verdict means
    mapping   the layout as a file the user can correct
    splice    the answers into the customer's file, everything else to the byte

Public names: `read_questionnaire` (a file to its questions), `choose` (a verdict to a legal option),
`Mapping`, `read_mapping` and `save_mapping` (the user's corrections).
"""

