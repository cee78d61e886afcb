"""Removes the guard of a promise in a copy of the tree, and sees its tests fail."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.promises.lists import ROOT, Broken, Promise
from tests.promises.running import Tree, Verdict, run

_NOT_COPIED = (".*", "__pycache__", "*.egg-info", "data", "keys")
_OPTIONS = ("--exitfirst", "--timeout=100")


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What was seen without the guard."""

    promise: Promise
    verdicts: tuple[Verdict, ...]

    @property
    def failed(self) -> Verdict | None:
        """The test that noticed; None: the promise is not proven."""
        return next((verdict for verdict in self.verdicts if verdict.failed), None)


def see(promise: Promise, tree: Tree) -> Seen:
    """Runs the promise's tests on the tree without its guard. Raises ValueError when that can't be removed."""
    with removed(promise.broken, tree.folder):
        verdicts = run(promise.tests, lambda _done, _total: None, tree=tree, options=_OPTIONS)
    return Seen(promise=promise, verdicts=tuple(verdicts.values()))


@contextmanager
def removed(broken: Broken, folder: Path) -> Iterator[None]:
    place = folder / broken.file
    text, times = place.read_text("utf-8"), place.stat()
    if text.count(broken.find) != 1:
        raise ValueError(f"What is to be broken does not occur once in {broken.file}.")
    place.write_text(text.replace(broken.find, broken.replace), "utf-8")
    try:
        yield
    finally:
        place.write_text(text, "utf-8")
        os.utime(place, ns=(times.st_atime_ns, times.st_mtime_ns))  # else Python keeps what it compiled of the broken


@contextmanager
def copied() -> Iterator[Tree]:
    """The tree with an interpreter of its own: children with an empty environment must find the copy as well."""
    with TemporaryDirectory(prefix="tamizdat-broken-") as name:
        folder = Path(name) / "tree"
        shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*_NOT_COPIED))
        for cache in ROOT.glob(".cache"):  # servers of the tests
            (folder / ".cache").symlink_to(cache.resolve())
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / ".venv"], check=True)
        python = folder / ".venv" / "bin" / "python"
        packages = sysconfig.get_path("purelib")
        own = sysconfig.get_path("purelib", vars={"base": str(folder / ".venv")})
        Path(own, "tree.pth").write_text(f"{folder}\nimport site; site.addsitedir({packages!r})\n", "utf-8")
        yield Tree(folder=folder, python=python)
