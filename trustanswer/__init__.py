"""Answer vendor security questionnaires from a trust center, and prove every answer."""

__version__ = "0.1.0"
