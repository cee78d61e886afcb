"""What changed since it was last written, by name: what became of it is looked at when the rows are written."""

from __future__ import annotations

from dataclasses import dataclass, field

from storage.crypto import Kind

Named = tuple[Kind, str]


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What differs from the rows at one moment."""

    put: dict[Kind, dict[str, bytes]] = field(default_factory=dict)
    drop: dict[Kind, list[str]] = field(default_factory=dict)
    stamps: dict[Named, int] = field(default_factory=dict)

    def add(self, named: Named, record: bytes | None) -> None:
        """None: the row goes."""
        kind, name = named
        if record is None:
            self.drop.setdefault(kind, []).append(name)
        else:
            self.put.setdefault(kind, {})[name] = record


class Notes:
    def __init__(self) -> None:
        self._changed: dict[Named, int] = {}
        self._count = 0

    def __bool__(self) -> bool:
        return bool(self._changed)

    def note(self, kind: Kind, name: str) -> None:
        self._count += 1
        self._changed[kind, name] = self._count

    def stamps(self) -> dict[Named, int]:
        return dict(self._changed)

    def taken(self, changes: Changes) -> None:
        """They are on the disk; what changed again since then stays noted."""
        for named, stamp in changes.stamps.items():
            if self._changed.get(named) == stamp:
                del self._changed[named]
