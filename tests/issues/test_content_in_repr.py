"""`Arrival` and the outbox's record showed their content to whoever printed or logged them."""

from __future__ import annotations

from storage.inbox import Arrival
from storage.outbox_queue import Body
from tests.integration.storage.people import MARKER, chat


def test_what_comes_in_and_what_goes_out_shows_nothing() -> None:
    content = MARKER.encode()
    for record in (Arrival(event=MARKER, chat=chat(), body=content), Body(chat=chat(), body=content)):
        for shown in (repr(record), str(record), f"{record}", repr([record])):
            assert MARKER not in shown
            assert repr(content)[2:-1] not in shown
