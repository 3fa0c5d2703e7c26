"""The order of the stages: the one place that knows it, with the clock and the environment.

documents -> statements -> index -+
                                  +-> evidence -> draft -> entry -> the customer's file
workbook  -> grid -> questions ---+
"""

from trustanswer.pipeline.filling import ask, fill, inspect, nearest, save_layout
from trustanswer.pipeline.settings import Settings, cache_folder, load_knowledge

__all__ = [
    "Settings",
    "ask",
    "cache_folder",
    "fill",
    "inspect",
    "load_knowledge",
    "nearest",
    "save_layout",
]
