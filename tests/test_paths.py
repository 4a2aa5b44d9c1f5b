"""Where things live: one folder when asked, the user's own otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from probation_reader import paths


def test_one_root_holds_everything(tmp_path: Path) -> None:
    found = paths.resolve(tmp_path)
    for place in (found.library, found.record, found.index, found.config, found.log):
        assert place.is_relative_to(tmp_path)
    assert len({found.data, found.cache, found.config, found.log}) == 4


def test_the_environment_names_the_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path))
    assert paths.resolve() == paths.resolve(tmp_path)
    assert paths.resolve(tmp_path / "other").data == tmp_path / "other" / "data"


def test_without_a_root_the_users_own_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(paths.HOME_VARIABLE, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    found = paths.resolve()
    assert found.data != found.cache
    assert paths.APP in str(found.library)


def test_nothing_is_created(tmp_path: Path) -> None:
    paths.resolve(tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_the_sample_corpus_is_found() -> None:
    folder = paths.corpus()
    assert folder is not None
    assert folder.name == "corpus"
