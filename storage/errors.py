"""What can go wrong with what is kept.

StorageError
├── VaultError                 keys and sealed values
│   ├── KeyMissing             no root key, or a key number the ring doesn't know
│   ├── WrongKey               the root key doesn't open the ring
│   ├── Unreadable             a sealed value was altered, moved to another row, or shredded
│   └── RingDamaged            the key ring file can't be read
├── DatabaseBusy               locked for longer than we wait
├── DiskFull                   no room to commit
├── JournalHeld                what was destroyed is still in SQLite's journal, because a reader is in the way
├── Overloaded                 too much memory-hard work waits already
├── SchemaMismatch             the database is older or newer than this program
├── AlreadyRunning             another service works on this data folder
├── LeaseLost                  another worker does by now what this one alone was to do
├── DataMissing                a key ring, but no data: a disk is not there
├── NotEmpty                   a back-up is restored into an empty place only
├── ArchiveDamaged             a back-up that is cut off, altered, or opened with another key
└── Conflict                   somebody else changed the row first

Every message says what happened and what to do, and holds no content.
"""

from __future__ import annotations


class StorageError(Exception):
    """The store could not do what was asked."""


class VaultError(StorageError):
    """A key or a sealed value could not be used."""


class KeyMissing(VaultError):
    """A key that is needed is not there."""


class WrongKey(VaultError):
    """The root key does not belong to this data."""


class Unreadable(VaultError):
    """A sealed value does not open: altered, moved, or its key was destroyed."""


class RingDamaged(VaultError):
    """The key ring file is damaged; restore it from its own back-up."""


class DatabaseBusy(StorageError):
    """The database stayed locked; another program holds it."""


class DiskFull(StorageError):
    """There is no room left on the disk; free some, nothing was lost."""


class JournalHeld(StorageError):
    """SQLite's journal can't be emptied while somebody reads; it is tried again until it can."""


class Overloaded(StorageError):
    """Too much memory-hard work waits already: try again in half a minute."""


class SchemaMismatch(StorageError):
    """The database's tables are not those of this program: run `tamizdat migrate`."""


class AlreadyRunning(StorageError):
    """Another service works on this data folder: stop it first, or leave the work to it."""


class LeaseLost(StorageError):
    """Another worker has taken over what this one was doing; nothing was written."""


class DataMissing(StorageError):
    """There is a key ring but no data that belongs to it."""


class NotEmpty(StorageError):
    """A back-up is restored into an empty place only; nothing was touched."""


class ArchiveDamaged(StorageError):
    """The back-up is cut off, altered, or was made with another root key; nothing was touched."""


class Conflict(StorageError):
    """The row was changed by somebody else in between."""
