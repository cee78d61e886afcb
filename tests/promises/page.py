"""The part of SECURITY.md that the list makes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tests.promises.lists import ROOT, Area, Promise

PAGE = ROOT / "SECURITY.md"
BEGIN = "<!-- From here on made by `python -m tests.promises --write` -->"
END = "<!-- Up to here -->"


def renewed(page: str, areas: Sequence[Area]) -> str:
    """The page with the list as it is now. Raises ValueError when its two marks are not there, in their order."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"SECURITY.md needs the lines {BEGIN!r} and {END!r}.")
    return f"{before}{BEGIN}\n\n{listed(areas)}\n{END}{after}"


def listed(areas: Sequence[Area]) -> str:
    return "\n".join(_table(area) for area in areas)


def _table(area: Area) -> str:
    rows = "".join(_row(promise) for promise in area.promises)
    return f"### {area.title}\n\n| promise | guarded in | proven by |\n|---|---|---|\n{rows}"


def _row(promise: Promise) -> str:
    guards = _cell(f"[`{guard}`]({guard})" for guard in promise.guards)
    tests = _cell(f"[`{_name(test)}`]({test.partition('::')[0]})" for test in promise.tests)
    return f"| {promise.says.replace('|', '∣')} | {guards} | {tests} |\n"


def _cell(links: Iterable[str]) -> str:
    return ", ".join(links)


def _name(test: str) -> str:
    return test.rpartition("::")[2]
