"""The command line: `tamizdat`, or `python -m bot`. Each group of commands has a module; `group.py` lists them."""

from bot.cli.entry import main

__all__ = ["main"]
