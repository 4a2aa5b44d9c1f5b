"""A post's known passages and those of another capture become one thread. Pure.

Rules: every known passage keeps its id and stays, whatever the capture lacks;
what a capture knows less of (no author, no time, no marked-up runs) does not
erase what another one knew; a passage that is missing from its page is marked
as gone and keeps its place after the sibling it followed.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from probation_reader.identity import squeeze
from probation_reader.library.misreadings import Earlier, Moved, moved
from probation_reader.library.records import Changes
from probation_reader.model import Comment, Passage, Post

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime


_NOTHING = Earlier()


@dataclass(frozen=True, slots=True)
class MergedThread:
    """What a post's passages are after a capture was merged in.

    Args:
        passages: all of them, in reading order.
        found: the ids of those the capture holds.
        changes: what this changed, as a person counts.
        moved: the misread passages that are dropped, and what holds their lines now.
    """

    passages: tuple[Passage, ...]
    found: frozenset[str]
    changes: Changes
    moved: tuple[Moved, ...] = ()


def merge(
    post: str,
    known: Sequence[Passage],
    found: Sequence[Passage],
    *,
    comments: bool,
    now: datetime,
    earlier: Earlier = _NOTHING,
) -> MergedThread:
    """Return the thread that holds what was known and what was found.

    Args:
        post: the id of the post.
        known: the passages the library holds, in reading order.
        found: the passages of the capture, in reading order.
        comments: whether the capture shows comments at all; a page that lists
            posts without them says nothing about which are gone.
        now: when the capture is imported.
        earlier: what older importers made of the post.
    """
    from probation_reader.reconcile import reconcile  # noqa: PLC0415 - only importing needs it

    pairs, replaced = earlier.corrected(known, found, reconcile(known, found))
    ids = _ids(post, known, found, pairs)
    stable = {passage.id: id_ for passage, id_ in zip(found, ids, strict=True)}
    present = []
    for passage, id_, pair in zip(found, ids, pairs, strict=True):
        parent = None if passage.parent is None else stable[passage.parent]
        one = None if pair is None else known[pair]
        if one is not None and earlier.reread and one.id not in earlier.suspects:
            # Another capture decided about it since.
            present.append(replace(one, parent=parent, depth=passage.depth, number=passage.number))
        else:
            present.append(_joined(one, passage, id_, parent))
    matched = {pair for pair in pairs if pair is not None}
    gone_from = moved(known, found, stable, replaced)
    dropped = {each.old for each in gone_from}
    missing = [
        replace(passage, parent=None) if passage.parent in dropped else passage
        for index, passage in enumerate(known)
        if index not in matched and passage.id not in dropped
    ]
    if earlier.reread:
        marked: dict[str, Passage] = {}
    else:
        marked = {p.id: _missed(p, now) for p in missing if comments or not isinstance(p, Comment)}
    stay = [passage for passage in known if passage.id not in dropped]
    ordered = _reading_order(stay, present, [marked.get(p.id, p) for p in missing])
    if earlier.reread:
        return MergedThread(ordered, _read_here(known, pairs, ids, earlier), Changes(), gone_from)
    held = {id_ for each in gone_from for id_ in each.ids}
    counted = [passage for passage in present if passage.id not in held]
    changes = _count({passage.id: passage for passage in known}, [*counted, *marked.values()])
    return MergedThread(ordered, frozenset(ids), changes, gone_from)


def _read_here(
    known: Sequence[Passage], pairs: Sequence[int | None], ids: Sequence[str], earlier: Earlier
) -> frozenset[str]:
    """Return the ids of what no other capture decided about."""
    return frozenset(
        id_
        for id_, pair in zip(ids, pairs, strict=True)
        if pair is None or known[pair].id in earlier.suspects
    )


def merge_heading(known: Post, found: Post) -> Post:
    """Return the heading that holds what either knows; the capture decides where both do."""
    keep_title = found.title_made_up and not known.title_made_up
    return Post(
        id=known.id,
        title=known.title if keep_title else found.title,
        title_made_up=known.title_made_up and found.title_made_up,
        published=_surer_date(known.published, found.published),
        author=found.author or known.author,
        labels=tuple(dict.fromkeys((*known.labels, *found.labels))),
        url=found.url or known.url,
        announced=known.announced if found.announced is None else found.announced,
    )


def same_words(one: Passage, other: Passage) -> bool:
    """Tell whether two passages differ in white space at most."""
    return one.text == other.text or squeeze(one.text) == squeeze(other.text)


def _surer_date(known: date | None, found: date | None) -> date | None:
    """Return what was found, unless it is only the day of a known moment."""
    if found is None or (known is not None and known.isoformat().startswith(found.isoformat())):
        return known
    return found


def _ids(
    post: str, known: Sequence[Passage], found: Sequence[Passage], pairs: Sequence[int | None]
) -> list[str]:
    """Return the id of each passage found: the known one, or its own if that is free."""
    used = {passage.id for passage in known}
    ordinals: dict[str, int] = {}
    ids = []
    for passage, pair in zip(found, pairs, strict=True):
        if pair is not None:
            ids.append(known[pair].id)
            continue
        id_ = f"{post}.{passage.id.partition('.')[2]}"
        base = id_.partition("-")[0]
        while id_ in used:
            ordinals[base] = ordinals.get(base, 1) + 1
            id_ = f"{base}-{ordinals[base]}"
        used.add(id_)
        ids.append(id_)
    return ids


def _joined(known: Passage | None, found: Passage, id_: str, parent: str | None) -> Passage:
    """Return a found passage under its stable ids, with what only the library knew of it."""
    if known is None:
        same = id_ == found.id and parent == found.parent
        return found if same else replace(found, id=id_, parent=parent)
    author, signed = found.author, found.signed
    if author is None or (signed and known.author is not None and not known.signed):
        author, signed = known.author, known.signed
    text, spans = found.text, found.spans
    if known.spans and not spans and same_words(known, found):
        text, spans = known.text, known.spans
    return type(found)(
        id_,
        parent,
        found.depth,
        found.number,
        author,
        signed,
        found.published or known.published,
        text,
        found.source,
        spans,
    )


def _missed(passage: Passage, now: datetime) -> Passage:
    return passage if passage.gone else replace(passage, gone=now)


def _reading_order(
    known: Sequence[Passage], present: Sequence[Passage], missing: Sequence[Passage]
) -> tuple[Passage, ...]:
    """Return all passages in reading order, those missing after the sibling they followed."""
    if not missing:
        return tuple(present)
    children: defaultdict[str | None, list[Passage]] = defaultdict(list)
    for passage in present:
        children[passage.parent].append(passage)
    for parent, late in _followers(known, children, missing).items():
        together = list(late.get(None, ()))
        for child in children[parent]:
            together += [child, *late.get(child.id, ())]
        children[parent] = together
    return _flatten(children)


def _followers(
    known: Sequence[Passage],
    children: defaultdict[str | None, list[Passage]],
    missing: Sequence[Passage],
) -> dict[str | None, dict[str | None, list[Passage]]]:
    """Return the missing passages by their parent and by the sibling to stand after."""
    lost = {passage.id: passage for passage in missing}
    parents = {child.id: parent for parent, found in children.items() for child in found}
    last: dict[tuple[str | None, bool], str] = {}
    followers: dict[str | None, dict[str | None, list[Passage]]] = {}
    for passage in known:
        group = (passage.parent, isinstance(passage, Comment))
        if passage.id in lost:
            late = followers.setdefault(passage.parent, {})
            late.setdefault(last.get(group), []).append(lost[passage.id])
        elif parents[passage.id] == passage.parent:
            last[group] = passage.id
    return followers


def _flatten(children: dict[str | None, list[Passage]]) -> tuple[Passage, ...]:
    """Return a tree in reading order: sections first, each parent before its replies."""
    top = sorted(children.get(None, ()), key=lambda passage: isinstance(passage, Comment))
    ordered = []
    waiting = [(passage, 0) for passage in reversed(top)]
    while waiting:
        passage, depth = waiting.pop()
        ordered.append(passage if passage.depth == depth else replace(passage, depth=depth))
        below = reversed(children.get(passage.id, ()))
        waiting.extend((child, depth + 1) for child in below)
    return tuple(ordered)


def _count(known: dict[str, Passage], after: Iterable[Passage]) -> Changes:
    new = changed = gone = 0
    for passage in after:
        before = known.get(passage.id)
        is_comment = isinstance(passage, Comment)
        if before is None:
            new += is_comment
            changed += not is_comment
        elif passage.gone and not before.gone:
            gone += is_comment
            changed += not is_comment
        else:
            changed += _differs(before, passage)
    return Changes(new, changed, gone)


def _differs(before: Passage, after: Passage) -> bool:
    """Tell whether a person would call a passage changed."""
    return (
        before.gone != after.gone
        or before.parent != after.parent
        or before.author != after.author
        or before.published != after.published
        or not same_words(before, after)
    )
