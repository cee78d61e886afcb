"""What can go wrong with a file that somebody sent.

MediaError
├── NoRoom                     the disk is nearly full: no file is taken before there is room
├── TooMany                    this account has sent very many files today
├── NotTaken                   not a kind of file that we take at all
├── Unsupported                not a kind of photo that we rebuild
│   └── UnsupportedHeic        the newer format of some phones; the person can send a JPEG instead
├── TooLarge                   more bytes, pixels or memory than we allow
├── Damaged                    the photo is broken, or its decoder ended without an answer
├── TimedOut                   fetching or decoding it took longer than we wait
└── NoSandbox                  no confined child: the file stays sealed

Every message says what happened and holds nothing of the file.
"""

from __future__ import annotations


class MediaError(Exception):
    """A file could not be rebuilt."""


class NoRoom(MediaError):
    """Less than a tenth of the disk is free: make room, until then no file is taken."""


class TooMany(MediaError):
    """This account has sent as many files today as we take from anybody."""


class NotTaken(MediaError):
    """Files of this kind are not taken: they hold traces of the sender that we can't erase."""


class Unsupported(MediaError):
    """This is not a JPEG, PNG, GIF or WebP photo."""


class UnsupportedHeic(Unsupported):
    """This is a HEIC photo, which we can't rebuild: it has to be sent as JPEG."""


class TooLarge(MediaError):
    """The photo is larger than we allow."""


class Damaged(MediaError):
    """The photo can't be read: it is damaged or incomplete."""


class TimedOut(MediaError):
    """Fetching or reading the photo took too long."""


class NoSandbox(MediaError):
    """No confined child could be started: the file stays sealed; `tamizdat doctor` says what is missing."""
