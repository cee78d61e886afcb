"""The child's main: imports, sandbox, one file, one answer, end."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Final

from bot.media import pixels, sandbox
from bot.media.wire import Verdict, read_file, write_frame

_STDIN: Final = 0
_STDOUT: Final = 1


def photo(file: bytes) -> tuple[Verdict, bytes]:
    """Rebuild one photo. What went wrong inside becomes a verdict; a decoder's words are never passed on."""
    try:
        return Verdict.OK, pixels.rebuild(file)
    except pixels.HeicError:
        return Verdict.HEIC, b""
    except pixels.NotPhotoError:
        return Verdict.UNSUPPORTED, b""
    except (pixels.TooManyPixelsError, MemoryError):
        return Verdict.TOO_LARGE, b""
    except Exception:
        return Verdict.DAMAGED, b""


def serve(answer: Callable[[bytes], tuple[Verdict, bytes]]) -> None:
    """Confine this process, say how well, answer one file. Where the sandbox is not enough, read nothing."""
    layers = sandbox.apply()
    try:
        write_frame(_STDOUT, layers.encode())
        if layers.enough:
            verdict, result = answer(read_file(_STDIN))
            write_frame(_STDOUT, bytes([verdict]) + result)
    except (EOFError, BrokenPipeError):
        # The parent has gone or changed its mind.
        pass
    finally:
        # Python's own end would close and flush what the sandbox doesn't let it touch.
        os._exit(0)


if __name__ == "__main__":
    pixels.warm_up()
    serve(photo)
