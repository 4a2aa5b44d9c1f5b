"""What the reader did here: marks, bookmarks, positions. It cannot be rebuilt.

`Record` is the one door. Behind it stand an append-only log of events and state
tables that are a cache of the log's fold.
"""

from probation_reader.record.bookmarks import Bookmark
from probation_reader.record.drafts import Drafts
from probation_reader.record.merge import LogEntry, MergeResult
from probation_reader.record.mute_table import Mute
from probation_reader.record.record import Record
from probation_reader.record.search_table import SavedSearch
from probation_reader.record.undo import UndoEntry
from probation_reader.record.view_state import Position, ScreenState, ThreadViewState

__all__ = [
    "Bookmark",
    "Drafts",
    "LogEntry",
    "MergeResult",
    "Mute",
    "Position",
    "Record",
    "SavedSearch",
    "ScreenState",
    "ThreadViewState",
    "UndoEntry",
]
