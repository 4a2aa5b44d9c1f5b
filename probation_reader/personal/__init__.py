"""What the reader did here: marks, bookmarks, positions. It cannot be rebuilt.

`Record` is the one door. Behind it stand an append-only log of events and state
tables that are a cache of the log's fold.
"""

from probation_reader.personal.bookmarks import Bookmark
from probation_reader.personal.drafts import Drafts
from probation_reader.personal.merging import Deed, Merged
from probation_reader.personal.mutes import Mute
from probation_reader.personal.record import Record
from probation_reader.personal.saved import SavedSearch
from probation_reader.personal.undoing import Step
from probation_reader.personal.views import Look, Position, View

__all__ = [
    "Bookmark",
    "Deed",
    "Drafts",
    "Look",
    "Merged",
    "Mute",
    "Position",
    "Record",
    "SavedSearch",
    "Step",
    "View",
]
