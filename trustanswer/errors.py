"""What can go wrong, as one tree.

    TrustanswerError
    ├── InputError           a file or folder the user named cannot be used as it is
    │   ├── KnowledgeError   the knowledge base: nothing readable, no statements
    │   └── WorkbookError    the questionnaire: wrong format, broken, encrypted, signed
    │       └── LayoutError  it opens, but no questions are found, or a mapping does not fit it
    ├── ReviewError          a decision or an export that the state of a review does not allow
    │   └── StaleError       the answer is no longer what was seen when it was decided on
    ├── StoreError           the database cannot be opened or used
    ├── OutputError          the result cannot be written where it was asked for
    └── ModelError           a model is missing, altered, or would need the network

Every message is one line that says what is wrong and what to do. The command line prints it
and ends with exit status 1. A file of a knowledge base that cannot be read is listed with its
message instead; nothing else in the program catches these errors.
"""


class TrustanswerError(Exception):
    """The job could not be done; the message is one line for the user."""


class InputError(TrustanswerError):
    """A file or folder that was named cannot be used as it is."""


class KnowledgeError(InputError):
    """The knowledge base holds nothing that can be used."""


class WorkbookError(InputError):
    """The questionnaire cannot be opened, or must not be changed."""


class LayoutError(WorkbookError):
    """The questionnaire opens, but its questions cannot be told."""


class ReviewError(TrustanswerError):
    """The state of a review does not allow what was asked for; nothing was recorded."""


class StaleError(ReviewError):
    """The answer has changed since it was seen; the message says what changed and by whom."""


class StoreError(TrustanswerError):
    """The database cannot be opened or used."""


class OutputError(TrustanswerError):
    """The result cannot be written; whatever stood there before still does."""


class ModelError(TrustanswerError):
    """A model is missing, is not the one it should be, or cannot be loaded."""
