"""Makes `schema.json`: which parameters our methods take, their types and which are required.

The facts come from the Bot API schema that aiogram ships in its source archive, for the version installed here:

    python -m tests.fakes.telegram.schema            # pip fetches the source archive by name
    python -m tests.fakes.telegram.schema FILE.tar.gz  # or from an archive that is already there
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

import msgspec

from .methods import METHODS

SCHEMA = Path(__file__).with_name("schema.json")
INSIDE = ".butcher/schema/schema.json"
# The schema names these unions in words only.
UNIONS = ("BotCommandScope", "InputMedia", "MenuButton", "ReactionType")


def download(folder: Path) -> Path:
    """The source archive of the installed aiogram, by pip."""
    wanted = f"aiogram=={version('aiogram')}"
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:"]
    subprocess.run([*command, "--dest", str(folder), wanted], check=True)
    return next(folder.glob("aiogram-*.tar.gz"))


def extract(archive: Path) -> dict[str, Any]:
    with tarfile.open(archive) as tar:
        member = next(name for name in tar.getnames() if name.endswith(INSIDE))
        source = tar.extractfile(member)
        if source is None:
            raise FileNotFoundError(member)
        whole = msgspec.json.decode(source.read())
    known = {child["name"]: child for item in whole["items"] for child in item["children"]}
    methods = {name: _fields(known[name]) for name in sorted(METHODS)}
    types: dict[str, Any] = {}
    waiting = [kind for fields in methods.values() for kind, _ in fields.values()]
    while waiting:
        for name in _names(waiting.pop()):
            if name in types or name not in known:
                continue
            if name in UNIONS:
                types[name] = {"one of": sorted(n for n in known if n.startswith(name) and n != name)}
                waiting.extend(types[name]["one of"])
            else:
                types[name] = _fields(known[name])
                waiting.extend(kind for kind, _ in types[name].values())
    return {"api": whole["api"]["version"], "aiogram": version("aiogram"), "methods": methods, "types": types}


def _fields(entry: dict[str, Any]) -> dict[str, tuple[str, bool]]:
    return {field["name"]: (field["type"], field["required"]) for field in entry["annotations"]}


def _names(kind: str) -> list[str]:
    return kind.replace("Array of ", "").replace(" or ", ",").replace(" and ", ",").replace(" ", "").split(",")


def main(arguments: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(arguments[0]) if arguments else download(Path(folder))
        facts = extract(archive)
    # One line a method or type: a refresh then shows as a readable difference.
    lines = [f'"api": "{facts["api"]}"', f'"aiogram": "{facts["aiogram"]}"']
    for part in ("methods", "types"):
        rows = [f"  {_json(name)}: {_json(fields)}" for name, fields in sorted(facts[part].items())]
        lines.append(f'"{part}": {{\n' + ",\n".join(rows) + "\n}")
    SCHEMA.write_text("{\n" + ",\n".join(lines) + "\n}\n")


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


if __name__ == "__main__":
    main(sys.argv[1:])
