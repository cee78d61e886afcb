"""The service's own process, after `harden_process`."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

AFTERWARDS = """
import ctypes, json, os, resource
from bot.media.hardening import harden_process
before = ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)
harden_process()
after = ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)
print(json.dumps([before, after, resource.getrlimit(resource.RLIMIT_CORE), os.umask(0)]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="hardening is for Linux")
def test_no_core_no_onlooker_private_files() -> None:
    answer = json.loads(subprocess.check_output([sys.executable, "-c", AFTERWARDS]))

    assert answer == [1, 0, [0, 0], 0o077]
