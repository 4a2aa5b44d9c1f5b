"""The search bar and its hits: asking, showing, going to a hit and coming back.

One question is asked at a time, off the event loop; while it is being answered
only the newest words are kept for the next, and an answer to older words is
dropped. While someone types the newest hits are shown; after a pause the best,
unless the cursor has been moved in the meantime. Where there is much to look at,
what is found already is shown first.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from probation_reader.errors import DamagedIndexError
from probation_reader.ui.finding.hits import Found, setting
from probation_reader.ui.finding.saying import how, offer_of, remarks_on, tally
from probation_reader.ui.keys.habits import habits_of

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator, Mapping

    from probation_reader.model import Thread
    from probation_reader.search import Hit, Results
    from probation_reader.ui.finding.hits import Setting
    from probation_reader.ui.widgets.hitlist import HitList
    from probation_reader.ui.widgets.prompt import Prompt
    from probation_reader.workspace import Workspace

#: Hits asked for while typing, and after a pause.
FEW, MANY = 20, 100

#: Seconds that the newest hits stay, before those are shown that are the best so far.
_REST = 0.25

_DAMAGED = "the search index was damaged: it is made anew "


class Question(NamedTuple):
    """What was asked.

    Args:
        generation: its number; answers to older ones are dropped.
        query: the words.
        typing: whether someone was still typing.
        within: the open thread: all its hits are wanted, in the order of reading.
    """

    generation: int
    query: str
    typing: bool
    within: Thread | None = None


class Searching:
    """One search at a time.

    Args:
        workspace: has the index.
        prompt: the search bar.
        hits: shows what was found.
        start: runs a coroutine function as a worker of the screen.

    Attributes:
        thread: the open thread, whose hits come first.
        results: the answer that is shown, None while there is none.
        by_post: whether hits are grouped by post.
        catch_up: called when the index does not hold all that can be searched.
    """

    def __init__(
        self,
        workspace: Workspace,
        prompt: Prompt,
        hits: HitList,
        start: Callable[[Callable[[], Coroutine[None, None, None]]], object],
    ) -> None:
        self._workspace = workspace
        self._prompt = prompt
        self._hits = hits
        self._start = start
        self._wanted: Question | None = None
        self._generation = 0
        self._asking = False
        #: What waits for the answer to some words.
        self._then: tuple[str, Callable[[], None]] | None = None
        self._progress = ""
        #: What was said last, and at what state of the list.
        self._said = ("", 0, 0)
        self.by_post = True
        self.thread: Thread | None = None
        self.results: Results | None = None
        self.catch_up: Callable[[], None] = lambda: None

    def ask(self, query: str, *, typing: bool = True) -> None:
        """Ask for hits; an earlier question that waits is forgotten.

        Args:
            query: the words.
            typing: True for the newest hits at once, False for the best.
        """
        self._generation += 1
        self._wanted = None
        if self._then is not None and self._then[0] != query:
            self._then = None
        if not query.strip():
            self._show(None, {})
            return
        self._wanted = Question(self._generation, query, typing, self.thread)
        if not self._asking:
            self._asking = True
            self._start(self._answer)

    async def _answer(self) -> None:
        try:
            while (question := self._wanted) is not None:
                self._wanted = None
                answers = self._found(question)
                while question.generation == self._generation:
                    answer = await asyncio.to_thread(next, answers, None)
                    if answer is None:
                        break
                    self.take(question, *answer)
        except DamagedIndexError:
            self._prompt.set_note(_DAMAGED)
            self.catch_up()
            raise
        finally:
            self._asking = False

    def take(
        self, question: Question, results: Results, settings: Mapping[str, Setting] | None = None
    ) -> None:
        """Show an answer, unless something else was asked in the meantime."""
        if question.generation == self._generation:
            self._show(results, settings or {})
            if results.behind:
                self.catch_up()

    def _found(self, question: Question) -> Iterator[tuple[Results, dict[str, Setting]]]:
        """Yield answers, each from more passages, and what their hits stand in; runs in threads."""
        for results in self._search(question):
            look_up = self._workspace.library.passages
            passages = [passage for _, passage in look_up(hit.id for hit in results.hits)]
            above = {passage.parent for passage in passages if passage.parent}
            parents = {passage.id: passage for _, passage in look_up(above)}
            yield (
                results,
                {
                    passage.id: setting(passage, parents.get(passage.parent or ""))
                    for passage in passages
                },
            )

    def _search(self, question: Question) -> Iterator[Results]:
        """Yield answers to a question, each from more passages than the one before.

        A word that is not finished means little as it stands: then a pause in
        typing keeps the newest passages with words that begin so.
        """
        growing = self._workspace.index.growing
        newest = None
        for newest in growing(question.query, limit=FEW, typing=True):
            if question.typing and (newest.hits or newest.complete):
                yield self._with_thread(question, newest, typing=True)
        if question.typing or newest is None:
            return
        for best in growing(question.query, limit=MANY, patience=_REST):
            fitting = best.total if best.asked else 0
            if 2 * fitting >= newest.total:
                yield self._with_thread(question, best, typing=False)
            elif best.complete:
                as_typed = replace(newest, notes=best.notes if best.asked else ())
                yield self._with_thread(question, as_typed, typing=True)

    def _with_thread(self, question: Question, results: Results, *, typing: bool) -> Results:
        """Return an answer with all hits in the open thread, in the order of reading."""
        if question.within is None or not results.asked:
            return results
        within = question.within.post.id
        search = self._workspace.index.search
        found = search(question.query, limit=MANY, typing=typing, within=within).hits
        order = {passage.id: place for place, passage in enumerate(question.within.passages)}
        inside = sorted(found, key=lambda hit: order.get(hit.id, len(order)))
        outside = [hit for hit in results.hits if hit.post_id != within]
        return replace(results, hits=(*inside, *outside))

    def ask_best(self) -> None:
        """Ask for the best hits for the same words, once typing has paused."""
        if not self._hits.moved:
            self.ask(self._prompt.value, typing=False)

    def when_answered(self, do: Callable[[], None]) -> None:
        """Do something with the hits for the words in the bar: at once, or when they come.

        Nothing is done with hits for other words that have not been seen yet.
        """
        words, results = self._prompt.value, self.results
        shown = results is not None and results.query == words and results.complete
        if shown and self._hits.cursor >= 0:
            do()
        elif words.strip():
            self._then = (words, do)
            self.ask(words, typing=False)

    def _show(self, results: Results | None, settings: Mapping[str, Setting]) -> None:
        same = results and self.results and results.query == self.results.query
        if same and self._hits.moved:
            return
        self.results = results
        open_post = self.thread.post.id if self.thread else ""
        if results is None:
            empty = not self._workspace.library.posts()
            self._hits.show_hits(Found(remarks=how(habits_of(self._hits).keymap, empty=empty)))
        else:
            remarks, offer = remarks_on(results), offer_of(results)
            by_post = self.by_post
            self._hits.show_hits(Found(results.hits, open_post, remarks, offer, settings, by_post))
        self.show_note()
        if results is not None and results.complete:
            then, self._then = self._then, None
            if then is not None and results.asked:
                then[1]()

    def group(self, *, by_post: bool) -> None:
        """Group the hits by post, or not; the cursor stays on its hit."""
        self.by_post = by_post
        self._hits.group(by_post=by_post)
        self.say("grouped by post" if by_post else "not grouped")

    def say(self, words: str) -> None:
        """Say something beside the words, until other hits are shown or the cursor moves."""
        self._said = (words, self._generation, self._hits.cursor)
        self.show_note()

    def show_note(self) -> None:
        """Say in the bar which hit it is, of how many."""
        results = self.results
        words, *when = self._said
        notes = [self._progress] if self._progress else []
        if words and when == [self._generation, self._hits.cursor]:
            notes.append(words)
        if results is not None and results.hits:
            notes.append(tally(*self._hits.position, results))
        self._prompt.set_note(" · ".join(notes) + " " if notes else "")

    def set_progress(self, progress: str) -> None:
        """Show in the bar how far the index has come, and what that brings; empty when done."""
        if progress != self._progress:
            self._progress = progress
            self.show_note()
            if progress and self.results is not None and self.results.behind:
                self.ask_best()

    def hit(self, passage_id: str) -> Hit | None:
        """Return the shown hit on a passage."""
        return next((hit for hit in self._hits.hits if hit.id == passage_id), None)

    def words(self) -> list[str]:
        """Return the words that were found, as they stand in the hits."""
        found = {
            piece.casefold() for hit in self._hits.hits for piece, match in hit.pieces() if match
        }
        return sorted(found)
