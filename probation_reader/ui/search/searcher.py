"""The search bar and its hits: asking, showing, going to a hit and coming back.

One question is asked at a time, off the event loop; while it is being answered
only the newest words are kept for the next, and an answer to older words is
dropped. While someone types the newest hits are shown; after a pause the best,
unless the cursor has been moved in the meantime. Where there is much to look at,
what is found already is shown first. Of many hits the first are shown; from the
last of them on, more are brought.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from probation_reader.errors import DamagedIndexError
from probation_reader.ui.keys.habits import habits_of
from probation_reader.ui.search.hit_context import marked_anew
from probation_reader.ui.search.hit_list_options import NEWEST_FIRST, remember, remembered
from probation_reader.ui.search.hit_rows import HitListModel
from probation_reader.ui.search.question import Question, answers, further
from probation_reader.ui.search.search_messages import how, offer_of, remarks_on, tally

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping

    from probation_reader.model import Thread
    from probation_reader.search import Hit, Results
    from probation_reader.ui.render.text_layout import Marker
    from probation_reader.ui.search.hit_list import HitList
    from probation_reader.ui.search.hit_rows import HitContext
    from probation_reader.ui.widgets.prompt import Prompt
    from probation_reader.workspace import Workspace

_DAMAGED = "the search index was damaged: it is made anew "


class Searcher:
    """One search at a time.

    Args:
        workspace: has the index.
        prompt: the search bar.
        hits: shows what was found.
        start: runs a coroutine function as a worker of the screen.

    Attributes:
        thread: the open thread, whose hits come first.
        results: the answer that is shown, None while there is none.
        manner: how hits are shown.
        catch_up: called when the index does not hold all that can be searched; with
            ``at_once=True`` if it holds nothing any more.
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
        hits.at_end = self.bring_more
        self._start = start
        self._wanted: Question | None = None
        #: Whose answer is shown.
        self._answered: Question | None = None
        self._generation = 0
        self._asking = self._bringing = False
        #: What waits for the answer to some words.
        self._then: tuple[str, Callable[[], None]] | None = None
        self._progress = ""
        #: What was said last, and at what state of the list.
        self._said: tuple[str, int, Hit | None] = ("", 0, None)
        #: How hits are shown as a rule, and how they are now.
        self.usual = self.manner = remembered(workspace.paths.manner)
        self.thread: Thread | None = None
        self.results: Results | None = None
        self.catch_up: Callable[..., None] = lambda **_: None

    def ask(self, query: str, *, typing: bool = True, at: str = "") -> None:
        """Ask for hits; an earlier question that waits is forgotten.

        Args:
            query: the words.
            typing: True for the newest hits at once, False for the best.
            at: the id of the hit to stand on, empty for the first.
        """
        self._generation += 1
        self._wanted = None
        if self._then is not None and self._then[0] != query:
            self._then = None
        if not query.strip():
            self._show(None, {}, None)
            return
        self._wanted = Question(self._generation, query, typing, self.thread, self.manner, at)
        if not self._asking:
            self._asking = True
            self._start(self._answer)

    async def _answer(self) -> None:
        try:
            while (question := self._wanted) is not None:
                self._wanted = None
                found = answers(self._workspace, question)
                while question.generation == self._generation:
                    answer = await asyncio.to_thread(next, found, None)
                    if answer is None:
                        break
                    self.take(question, *answer)
        except DamagedIndexError:
            self._prompt.set_note(_DAMAGED)
            self.catch_up(at_once=True)
            raise
        finally:
            self._asking = False

    def take(
        self, question: Question, results: Results, settings: Mapping[str, HitContext] | None = None
    ) -> None:
        """Show an answer, unless something else was asked in the meantime."""
        if question.generation == self._generation:
            self._show(results, settings or {}, question)
            if results.behind:
                self.catch_up()

    def ask_best(self) -> None:
        """Ask for the best hits for the same words, once typing has paused."""
        if not self._hits.moved:
            self.ask(self._prompt.value, typing=False)

    def when_answered(self, do: Callable[[], None]) -> None:
        """Do something with the hits for the words in the bar: at once, or when they come.

        Nothing is done with other words, or hits for them, that have not been seen yet.
        """
        words, results = self._prompt.value, self.results
        shown = results is not None and results.query == words and results.complete
        if shown and self._hits.cursor >= 0:
            do()
        elif words.strip():
            self._then = (words, do)
            self.ask(words, typing=False)

    def _show(
        self, results: Results | None, settings: Mapping[str, HitContext], question: Question | None
    ) -> None:
        same = results and self.results and results.query == self.results.query
        if same and self._hits.moved:
            return
        self.results, self._answered = results, question
        open_post = self.thread.post.id if self.thread else ""
        if results is None:
            empty = not self._workspace.library.posts()
            self._hits.show_hits(
                HitListModel(remarks=how(habits_of(self._hits).keymap, empty=empty))
            )
        else:
            remarks, offer = remarks_on(results), offer_of(results)
            by_post = self.manner.by_post
            found = HitListModel(results.hits, open_post, remarks, offer, settings, by_post)
            at = question.at if question else ""
            self._hits.show_hits(found, at)
            self._hits.moved = bool(at) and results.complete
        self.show_note()
        if results is not None and results.complete:
            then, self._then = self._then, None
            if then is not None and results.asked and results.hits:
                then[1]()

    @property
    def more(self) -> bool:
        """Whether there are more hits than are shown, as far as is known."""
        results = self.results
        if results is None or not results.complete:
            return False
        return results.total > len(self._hits.hits) or not results.exact

    def bring_more(self) -> None:
        """Bring more hits below those that are shown, if there are any."""
        if self.more and not (self._asking or self._bringing):
            self._bringing = True
            self._start(self._bring_more)

    async def _bring_more(self) -> None:
        shown, question, batches = self.results, self._answered, len(self._hits.found.ends)
        try:
            if shown is not None and question is not None:
                found = await asyncio.to_thread(further, self._workspace, question, batches)
                if self.results is shown and self._generation == question.generation:
                    self._add(shown, *found)
        finally:
            self._bringing = False

    def _add(self, shown: Results, more: Results, settings: Mapping[str, HitContext]) -> None:
        known = {hit.id for hit in shown.hits}
        hits = (*shown.hits, *(hit for hit in more.hits if hit.id not in known))
        # Some may be gone from the library since they were counted.
        total = more.total if more.hits else len(hits)
        self.results = replace(shown, hits=hits, total=total, exact=more.exact or not more.hits)
        self._hits.add(hits[len(shown.hits) :], settings)
        self.show_note()

    def hold(self) -> None:
        """Keep the hits as they are until something else is asked: one of them was opened."""
        self._hits.moved = True

    def arrange(self, *, by_date: bool, by_post: bool) -> None:
        """Show hits in another manner from now on; a cursor that was moved stays on its hit."""
        self.usual = self.manner = self.manner._replace(by_date=by_date, by_post=by_post)
        remember(self._workspace.paths.manner, self.manner)
        here = self._hits.current if self._hits.moved else None
        self._hits.moved = False
        self.ask(self._prompt.value, typing=False, at=here.id if here else "")
        self.say(self.manner.said())

    async def mark_anew(self) -> None:
        """Show how the hits are marked now."""
        found = self._hits.found
        if not found.settings:
            return
        settings = await asyncio.to_thread(marked_anew, self._workspace, found.settings)
        if self._hits.found is found:
            self._hits.set_settings(settings)

    def say(self, words: str) -> None:
        """Say something beside the words, until something else is asked or the cursor moves."""
        self._said = (words, self._generation, self._hits.current)
        self.show_note()

    def show_note(self) -> None:
        """Say in the bar which hit it is, of how many."""
        results = self.results
        words, generation, hit = self._said
        notes = [self._progress] if self._progress else []
        if words and generation == self._generation and hit == self._hits.current:
            notes.append(words)
        elif results is not None and results.hits and self.manner.by_date:
            notes.append(NEWEST_FIRST)
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

    @property
    def marker(self) -> Marker:
        """What finds in a text the words that were found."""
        return self.results.marker if self.results else lambda _: ()
