"""What `doctor` asks of the list of official accounts."""

from __future__ import annotations

from datetime import UTC, date, datetime

from bot.config import Settings
from bot.errors import PlatformError
from bot.handles.accounts import own_accounts
from bot.handles.listing import BrokenListing, Listing
from bot.handles.official import key_file, own_listing
from bot.platforms.base import Finding
from storage.errors import VaultError
from storage.vault.signing import load_public_key

WARN_DAYS = 14
_SIGN = "Run `tamizdat handles sign`, restart the service, and publish the new file where the old one stands."


async def findings(settings: Settings) -> list[Finding]:
    """Key, list, days, accounts; ends at the first thing without which the rest can't be asked."""
    if settings.demo:
        return [Finding(what="Official accounts: the demo has none", ok=True)]
    try:
        key = load_public_key(key_file(settings))
    except VaultError as error:
        return [Finding(what="Official accounts: the signing key", ok=False, remedy=str(error))]
    found = [Finding(what=f"Official accounts: the signing key, whose public half is {key}", ok=True)]
    try:
        listing = own_listing(settings)
    except BrokenListing as error:
        remedy = f"{error} Find out who changed it. {_SIGN}"
        return [*found, Finding(what="Official accounts: the signature", ok=False, remedy=remedy)]
    if listing is None:
        return [*found, Finding(what="Official accounts: nothing is signed yet", ok=False, remedy=_SIGN)]
    return [*found, _days(listing, _today()), await _accounts(listing, settings)]


def _days(listing: Listing, today: date) -> Finding:
    what = f"Official accounts: signed until {listing.until}"
    return Finding(what=what, ok=(listing.until - today).days > WARN_DAYS, remedy=_SIGN)


async def _accounts(listing: Listing, settings: Settings) -> Finding:
    what = "Official accounts: the list names those of the config"
    try:
        wanted = await own_accounts(settings)
    except PlatformError as error:
        return Finding(what=what, ok=False, remedy=f"It could not be compared. {error}")
    missing, extra = set(wanted) - set(listing.accounts), set(listing.accounts) - set(wanted)
    told = [f"It lacks {', '.join(sorted(missing))}."] if missing else []
    told += [f"It has {', '.join(sorted(extra))}, which the config does not."] if extra else []
    told += [] if listing.name == settings.handles.name else [f"It is of {listing.name}."]
    return Finding(what=what, ok=not told, remedy=" ".join([*told, _SIGN]))


def _today() -> date:
    return datetime.now(UTC).date()
