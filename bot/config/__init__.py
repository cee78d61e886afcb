"""The configuration: one file, `config.toml`, or none at all for the demo.

load ── reading.py   the file: guarded, UTF-8, TOML
      ├ table.py     one table of it: types, unknown keys, and every problem collected
      ├ service.py   [service]  where things lie
      ├ handles.py   [handles]  the newsroom's other accounts
      ├ telegram.py  [telegram]
      └ matrix.py    [matrix]

web.py and rooms.py read what both of them have: addresses of servers, a channel for each language.
"""

from bot.config.load import DEFAULT_FILE, demo, load
from bot.config.settings import LocalSettings, RootKeyPlace, Settings

__all__ = ["DEFAULT_FILE", "LocalSettings", "RootKeyPlace", "Settings", "demo", "load"]
