"""The configuration: one file, `config.toml`, or none at all for the demo.

load ── reading.py   the file: guarded, UTF-8, TOML
      ├ table.py     one table of it: types, unknown keys, and every problem collected
      ├ service.py   [service]  where things lie
      └ telegram.py  [telegram]
"""

from bot.config.load import DEFAULT_FILE, demo, load
from bot.config.settings import LocalSettings, RootKeyPlace, Settings

__all__ = ["DEFAULT_FILE", "LocalSettings", "RootKeyPlace", "Settings", "demo", "load"]
