"""The program as it is installed: built, unpacked and run far from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        check=True,
        capture_output=True,
        cwd=ROOT,
    )
    (built,) = folder.glob("*.whl")
    return built


def test_it_holds_the_package_and_what_belongs_to_it_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        inside = {name for name in packed.namelist() if ".dist-info/" not in name}
    package = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "probation_reader").rglob("*")
        if path.suffix in {".py", ".tcss"}
    }
    corpus = {f"probation_reader/corpus/{path.name}" for path in (ROOT / "corpus").iterdir()}
    assert inside == package | corpus


def test_installed_it_finds_its_sample(wheel: Path, tmp_path: Path) -> None:
    installed = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(installed)
    for command, said in (
        (["-m", "probation_reader", "sample"], "posts of the sample in the library."),
        (["-c", "import probation_reader as it; print(it.__file__)"], str(installed)),
    ):
        done = subprocess.run(
            [sys.executable, *command],
            check=True,
            capture_output=True,
            cwd=tmp_path,
            encoding="utf-8",
            env={
                **os.environ,
                "PYTHONPATH": str(installed),
                "PROBATION_READER_HOME": str(tmp_path / "home"),
            },
        )
        assert said in done.stdout
