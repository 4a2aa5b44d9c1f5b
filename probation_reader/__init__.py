"""probation_reader: read long comment threads in a terminal.

A source file becomes a thread, the thread goes into the library and the index, and the
workspace puts library, record and index together for the screen and the command line.
Nothing imports what stands above it here:

- cli: the command line, one module of commands for each subject.
- ui: the screen; the only room that knows Textual.
- ingest: the pipeline: files, importer, library, index.
- saved_search_counts: how much of what saved searches find is unread and new.
- bookmark_export: bookmarks with their posts and passages, as Markdown.
- workspace: opens library, record and index together.
- search: a whoosh index derived from the library: queries, the engine, answers.
- muted_passages: what the reader's rules mute in the library.
- library: SQLite: the threads that have been imported, and their change feed.
- record: SQLite: what the reader did, as a log of events, and what it comes to.
- importers: bytes in, threads out.
- mbox: a thread as a mailbox.
- startup: the last frame, shown before the program is loaded.
- error_log: the log of unexpected errors.
- citation: how a post or a passage is cited.
- config: reads config.toml.
- files: reads and writes files safely.
- links: the links of a text.
- mutes: what a mute rule is, and what it matches.
- outline: tree arithmetic over a flat reading order.
- paths: where things live on disk.
- reconcile: which passage of a later capture is which known one.
- text: widths, wrapping and character sets of terminal text.
- toml_statements: splits TOML so that one wrong line costs only itself.
- options: what the reader can choose, with its defaults.
- phrases: numbers of things, deeds and near misses in words.
- sanitize: text from anywhere becomes text that cannot steer a terminal.
- text_diff: what an edit changed.
- identity: stable ids.
- model: threads of passages.
- errors: every expected error, under one root.
"""

__version__ = "0.1.0"
