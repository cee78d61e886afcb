"""The list that this newsroom shows as its own."""

from __future__ import annotations

import logging
from pathlib import Path

from bot.config import Settings
from bot.handles.listing import BrokenListing, Listing, read
from storage.errors import VaultError
from storage.vault.signing import load_public_key

log = logging.getLogger(__name__)


def key_file(settings: Settings) -> Path:
    """Beside the root key and the ring, which are worth as much."""
    return settings.keys / "signing.key"


def listing_file(settings: Settings) -> Path | None:
    """Beside the config; None: the demo, which has no accounts."""
    return None if settings.file is None else settings.file.with_name("handles.txt")


def own_listing(settings: Settings) -> Listing | None:
    """None: nothing was signed yet.

    Raises BrokenListing when it was altered, or signed by another key than ours; VaultError when our key is not there.
    """
    file = listing_file(settings)
    if file is None:
        return None
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise BrokenListing(f"{file}: it can't be read ({error.strerror}).") from None
    try:
        listing = read(content)
    except BrokenListing as error:
        raise BrokenListing(f"{file}: {error}") from None
    if listing.key != load_public_key(key_file(settings)):
        raise BrokenListing(f"{file}: it was signed by another key than this newsroom's.")
    return listing


def shown_listing(settings: Settings) -> Listing | None:
    """For the service: whatever is wrong is an error for the operator, and then nothing is shown."""
    try:
        return own_listing(settings)
    except (BrokenListing, VaultError) as error:
        log.error("the list of official accounts is not shown. %s Run `tamizdat doctor`.", error)
        return None
