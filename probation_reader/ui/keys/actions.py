"""The one registry of actions: their ids, keys, words and places.

It feeds the key dispatch, the help screen, the palette, the hints of the status
line and the table of the README. Keys are spelled as a person says them (``j``,
``Space``, ``Ctrl+d``); a chord is two of them with a space between (``z M``).
No two actions of one place share a key; what a place binds wins over
``everywhere``. No Textual here: the table can be printed without a screen.
"""

from __future__ import annotations

from itertools import chain
from typing import Literal, NamedTuple, get_args

Place = Literal[
    "thread",
    "found",
    "peek",
    "posts",
    "search",
    "find",
    "filter",
    "note",
    "name",
    "list",
    "kept",
    "links",
    "file",
    "help",
    "everywhere",
]
PLACES: tuple[Place, ...] = get_args(Place)

#: How each place is called in headings.
PLACE_WORDS: dict[Place, str] = {
    "thread": "Reading a thread",
    "found": "While matches are shown",
    "peek": "Peeking at what a passage answers",
    "posts": "In the list of posts",
    "search": "In the search bar",
    "find": "Finding in a thread",
    "filter": "Filtering the posts",
    "note": "Writing a note",
    "name": "Naming a search",
    "list": "Choosing from a list",
    "kept": "In the list of what was kept",
    "links": "In the list of links",
    "file": "Naming a file",
    "help": "On this page",
    "everywhere": "Everywhere",
}


class Action(NamedTuple):
    """Something a key does.

    Args:
        id: the method ``action_<id>`` that does it.
        keys: its keys and chords, the one to show first.
        where: the places in which they hold.
        words: what it does, for help, palette and README.
        hint: the word for the status line, empty to leave it out.
    """

    id: str
    keys: tuple[str, ...]
    where: tuple[Place, ...]
    words: str
    hint: str = ""


_THREAD: tuple[Place, ...] = ("thread",)
_CHAIN: tuple[Place, ...] = ("thread", "peek")
_KEPT: tuple[Place, ...] = ("kept",)
_POSTS: tuple[Place, ...] = ("posts",)
_READING: tuple[Place, ...] = ("thread", "posts")
_DEPTHS = tuple(f"z {depth}" for depth in range(1, 10))
_TYPING: tuple[Place, ...] = ("search", "list", "filter")

#: The actions by what they are for, in the order to show them.
SECTIONS: dict[str, tuple[Action, ...]] = {
    "Reading on": (
        Action(
            "read_on", ("Space",), _READING, "read on: the rest, then the next unread", "read on"
        ),
        Action("read_back", ("Backspace",), _THREAD, "back to where Space came from"),
        Action("next_unread", ("Tab",), _READING, "next unread, across threads"),
        Action("previous_unread", ("Shift+Tab",), _READING, "previous unread, across threads"),
    ),
    "From passage to passage": (
        Action("next_passage", ("j",), _CHAIN, "next passage; first the rest of a long one"),
        Action("previous_passage", ("k",), _CHAIN, "previous passage"),
        Action("next_sibling", ("J",), _THREAD, "next reply to the same passage"),
        Action("previous_sibling", ("K",), _THREAD, "previous reply to the same passage"),
        Action("parent", ("P", "["), _THREAD, "the passage this one answers"),
        Action("branch_root", ("{",), _THREAD, "the top of this branch"),
        Action("next_top", ("}",), _THREAD, "next top-level comment"),
        Action("jump_back", ("' '",), _READING, "back to where I jumped from; again, and there"),
        Action("walk_back", ("Ctrl+o",), _READING, "back over the places I jumped from"),
        Action("peek", ("i",), _THREAD, "peek at what this passage answers"),
        Action("peek_go", ("Enter",), ("peek",), "go there", "go"),
        Action("versions", ("v",), _THREAD, "what this passage said before it was edited"),
    ),
    "Scrolling": (
        Action("line_down", ("Down", "Ctrl+e"), _CHAIN, "one line down"),
        Action("line_up", ("Up", "Ctrl+y"), _CHAIN, "one line up"),
        Action("top", ("g g", "Home"), ("thread", "peek", "posts", "help"), "to the top"),
        Action("bottom", ("G", "End"), ("thread", "peek", "posts", "help"), "to the bottom"),
        Action("half_down", ("Ctrl+d",), ("thread", "peek", "posts", "help"), "half a page down"),
        Action("half_up", ("Ctrl+u",), ("thread", "peek", "posts", "help"), "half a page up"),
        Action(
            "page_down", ("PgDn",), ("thread", "peek", "posts", "help", *_TYPING), "a page down"
        ),
        Action("page_down", ("Space",), ("help", "peek"), "a page down", "more"),
        Action("page_up", ("PgUp",), ("thread", "peek", "posts", "help", *_TYPING), "a page up"),
    ),
    "Folding": (
        Action("toggle_fold", ("Enter", "z a"), _THREAD, "fold or unfold this branch"),
        Action("fold", ("h", "Left", "z c"), _CHAIN, "fold; on a folded one, to its parent"),
        Action("unfold", ("l", "Right", "z o"), _CHAIN, "unfold"),
        Action("fold_all", ("z M",), _THREAD, "fold everything"),
        Action("unfold_all", ("z R",), _THREAD, "unfold everything"),
        Action("fold_to", _DEPTHS, _THREAD, "fold to a depth; z1: replies to a row each"),
        Action("fold_read", ("z r",), _THREAD, "fold what is read, and only that"),
        Action(
            "fold_on", ("X",), _THREAD, "fold the whole branch, go to the next top-level comment"
        ),
    ),
    "How it is shown": (
        Action("turn", ("t",), _THREAD, "as a tree, in the order of time, only what is new"),
        Action("show_left_out", ("+",), _THREAD, "in only what is new: show what is left out here"),
        Action("text_width", ("w",), _THREAD, "width of the text: 60, 72, 88 columns, the pane"),
        Action("indent_less", ("<",), _THREAD, "indent replies less"),
        Action("indent_more", (">",), _THREAD, "indent replies more"),
        Action("sidebar", ("=",), _READING, "show or hide the list of posts"),
        Action("home", ("H",), _READING, "the posts on the whole screen, with what is new"),
        Action("order_posts", ("t",), _POSTS, "posts by what is new and unread, or by date"),
    ),
    "Read and unread": (
        Action("toggle_read", ("N", "m r"), _THREAD, "mark read or unread"),
        Action("mark_branch", ("m b",), _THREAD, "mark this and all replies below it read"),
        Action("mark_thread", ("m t",), _READING, "mark the whole thread read"),
        Action("mark_shown", ("A",), _THREAD, "mark all that is open read, but nothing in folds"),
        Action(
            "undo", ("u",), _READING, "take back what was marked or kept last; survives quitting"
        ),
        Action("redo", ("Ctrl+r",), _READING, "do again what was taken back"),
    ),
    "Keeping": (
        Action("toggle_bookmark", ("b",), _THREAD, "keep this passage, or let it go", "keep"),
        Action("note", ("e",), _THREAD, "note and #tags of this passage; keeps it"),
        Action(
            "keep_note", ("Enter",), ("note",), "keep the note, and the passage with it", "keep"
        ),
        Action("break_note", ("Ctrl+o",), ("note",), "begin a new line of the note"),
        Action("complete_tag", ("Tab",), ("note",), "complete the #tag, or begin one", "tag"),
        Action("bookmarks", ("B",), _READING, "list of what was kept"),
        Action("filter_tag", ("Tab",), _KEPT, "complete tag:, or begin it", "tag"),
        Action("order_kept", ("Ctrl+o",), _KEPT, "the newest first, or by post", "order"),
        Action("drop_kept", ("Ctrl+x",), _KEPT, "let it go; again: keep it after all", "let go"),
        Action(
            "write_kept", ("Ctrl+y", "Ctrl+s"), _KEPT, "write what is shown as Markdown", "write"
        ),
        Action("keep_file", ("Enter",), ("file",), "write the file of this name", "write"),
    ),
    "Muting": (
        Action("mute", ("M",), _THREAD, "mute this branch, its signature or a word; lift that"),
        Action("mutes", ("m m",), _READING, "list of what is muted; lift it"),
    ),
    "Links and copying": (
        Action("open_link", ("o",), _THREAD, "open the link of this passage, or choose one"),
        Action("list_links", ("O",), _THREAD, "list the links of this passage, to open or copy"),
        Action("copy_link", ("Ctrl+y",), ("links",), "copy the address", "copy"),
        Action("copy_text", ("y",), _THREAD, "copy this passage; again: show it as plain text"),
        Action(
            "copy_address", ("Y",), _THREAD, "copy the address of this passage, or where it stands"
        ),
    ),
    "Searching and finding": (
        Action("search", ("/", "s"), _READING, "search everything", "search"),
        Action("open_hit", ("Enter",), ("search",), "open the thread at the comment", "open"),
        Action("take_offer", ("Tab",), ("search",), "search for the words offered instead"),
        Action("hits_by_date", ("Ctrl+o",), ("search",), "the best hits first, or the newest"),
        Action("hits_by_post", ("Ctrl+t",), ("search",), "hits grouped by post, or not"),
        Action(
            "ask_help", ("F1",), ("search",), "what can be asked, by example; so does ? if empty"
        ),
        Action(
            "older_words",
            ("Up",),
            ("search",),
            "previous hit; from the first, earlier words that begin so",
        ),
        Action("newer_words", ("Down",), ("search",), "back from earlier words; next hit"),
        Action("forget_words", ("Ctrl+x",), ("search",), "forget these words"),
        Action("save_search", ("Ctrl+y", "Ctrl+s"), ("search",), "save the words beside the posts"),
        Action("keep_name", ("Enter",), ("name",), "save the search under this name", "save"),
        Action("rename_search", ("e",), _POSTS, "another name for this saved search"),
        Action("drop_search", ("D", "Delete"), _POSTS, "remove this saved search"),
        Action("find", ("f", "Ctrl+f"), _THREAD, "find in this thread", "find"),
        Action("find_next", ("n",), ("found",), "next match, or hit in any thread", "next"),
        Action("find_next", ("Down", "Ctrl+n"), ("find",), "next match"),
        Action(
            "find_previous", ("N",), ("found",), "previous match, or hit in any thread", "previous"
        ),
        Action("find_previous", ("Up", "Ctrl+p"), ("find",), "previous match"),
        Action(
            "keep_find", ("Enter",), ("find",), "keep the matches and read on from here", "keep"
        ),
    ),
    "In lists": (
        Action("next_year", ("}",), _POSTS, "first post of the next year"),
        Action("previous_year", ("{",), _POSTS, "first post of this year, or of the one before"),
        Action("row_down", ("j", "Down"), ("posts", "help"), "one row down"),
        Action("row_down", ("Down", "Ctrl+n"), ("list", "filter"), "next of the list"),
        Action("row_down", ("Ctrl+n",), ("search",), "next hit"),
        Action("row_up", ("k", "Up"), ("posts", "help"), "one row up"),
        Action("row_up", ("Up", "Ctrl+p"), ("list", "filter"), "previous of the list"),
        Action("row_up", ("Ctrl+p",), ("search",), "previous hit"),
        Action(
            "open_post",
            ("Enter", "l", "Right"),
            _POSTS,
            "open the post, or the hits of the saved search",
            "open",
        ),
        Action("choose", ("Enter",), ("list",), "go there", "go"),
        Action(
            "filter",
            ("F",),
            _READING,
            "filter the posts: words, is:unread, is:new, label:x",
            "filter",
        ),
        Action(
            "keep_filter", ("Enter",), ("filter",), "keep the filter and go to the posts", "keep"
        ),
    ),
    "Back, help and out": (
        Action(
            "back",
            ("Esc",),
            _THREAD,
            "back to the hits or the list it was chosen from, else to the posts",
        ),
        Action("back", ("Esc",), ("found",), "clear the matches and return", "back"),
        Action("back", ("Esc", "i", "v", "q"), ("peek",), "return to the passage", "back"),
        Action("back", ("Esc",), ("posts",), "clear the filter; back to the thread"),
        Action("back", ("Esc",), ("search", "find"), "close it and return to where I was", "back"),
        Action("back", ("Esc",), ("filter",), "clear the filter", "clear"),
        Action("back", ("Esc",), ("note", "name", "file"), "drop what was typed", "drop"),
        Action("back", ("Esc",), ("list",), "return", "back"),
        Action("back", ("Esc", "q", "?", "F1"), ("help",), "return", "back"),
        Action("leave", ("q",), _READING, "back, then quit"),
        Action("help", ("?", "F1"), (*_READING, "peek"), "the keys of this place", "help"),
        Action(
            "help",
            ("F1",),
            ("find", "filter", "note", "name", "list", "file"),
            "the keys of this place",
        ),
        Action("palette", (":", "Ctrl+p"), _READING, "everything that can be done, by name"),
        Action(
            "redraw",
            ("Ctrl+l",),
            ("everywhere",),
            "draw the screen again, with what came into this thread",
        ),
        Action(
            "suspend", ("Ctrl+z",), ("everywhere",), "back to the shell for a while (fg returns)"
        ),
        Action("quit", ("Q",), _READING, "quit"),
        Action("quit", ("Ctrl+c",), ("everywhere",), "quit"),
    ),
}
ACTIONS: tuple[Action, ...] = tuple(chain.from_iterable(SECTIONS.values()))


_SECTION_OF = {action.id: section for section, rows in SECTIONS.items() for action in rows}


def section_of(action_id: str) -> str:
    """Return the section that an action stands in."""
    return _SECTION_OF[action_id]


def actions(place: Place) -> list[Action]:
    """Return the actions of exactly this place, in the order to show them."""
    return [action for action in ACTIONS if place in action.where]
