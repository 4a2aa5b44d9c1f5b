"""What the reader did here: marks, bookmarks, positions. It cannot be rebuilt.

`Record` is the one door. Behind it stand an append-only log of events and state
tables that are a cache of the log's fold.
"""

from probation_reader.personal.bookmarks import Bookmark
from probation_reader.personal.merging import Deed, Merged
from probation_reader.personal.record import Record
from probation_reader.personal.saved import SavedSearch
from probation_reader.personal.tables import Position
from probation_reader.personal.undoing import Step

__all__ = ["Bookmark", "Deed", "Merged", "Position", "Record", "SavedSearch", "Step"]
