"""`/official`: which accounts are really ours, and how to tell a copy of this bot apart."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.flows.flow import Outcome, Reads, Stay
from bot.handles.listing import Listing
from bot.texts.fluent import msg
from storage.clock import day_of


def official(listing: Listing | None) -> Callable[[Reads, str], Awaitable[Outcome]]:
    """What the command does. None: nothing is signed, or the operator has been told what is wrong with it."""

    async def show(reads: Reads, _argument: str) -> Outcome:
        if listing is None or not listing.holds_on(day_of(reads.tx.now)):
            return Stay(notice=msg("official-none"))
        accounts = "\n".join(f"• {account}" for account in listing.accounts)
        return Stay(
            notice=msg(
                "official-list",
                name=listing.name,
                accounts=accounts,
                key=str(listing.key),
                signed=listing.signed,
                until=listing.until,
            )
        )

    return show
