"""The newsroom's rules in numbers, with their source. One place: the flows, the timers and the texts read them here."""

from __future__ import annotations

from storage.clock import DAY, HOUR, MINUTE

DRAFT_SECONDS = 24 * HOUR
"""An unsent draft, after the last message."""
LONG_DRAFT_SECONDS = 7 * DAY
"""The same, when its author has asked for a week."""
WIPE_SECONDS = 36 * HOUR
"""Whatever stands in a private chat is deleted after this: Telegram lets a bot delete for 48 h, the promise is 40 h,
and four hours are left for a server that was off."""
ROLLING_SECONDS = 20 * MINUTE
"""The same while a story is told whose author wants no trace in the chat. Rounded down to full ten minutes, so that it
disappears after ten to twenty."""
PROGRESS_SECONDS = 10
"""How often the message that says how a broadcast goes edits itself: a group takes 20 messages a minute, of all."""
EDITOR_WIPE_SECONDS = 1 * HOUR
"""A story's text in an editor's private chat."""
MAINTENANCE_SECONDS = DAY
"""How often old rows, empty lanes and orphaned files are swept."""
LONGEST_STORY = 60_000
"""Characters; four times the longest story that we have seen."""
LONGEST_NAME = 60
LONGEST_QUESTION = 2_000
LONGEST_ANSWER = 20_000
MOST_PHOTOS = 10
MOST_RECORDINGS = 5
LONGEST_DESCRIPTION = 500
"""Of a photo: with it a caption stays far below Telegram's 1024."""
LONGEST_REGION = 60
EDITORS_LANGUAGE = "ru"
"""Of the cards in the editors' room; in private each editor is spoken to in their own."""
LANGUAGES = ("ru", "en")
"""In which stories are told and published."""
CARD_FROM_SECONDS = 1 * HOUR
CARD_UNTIL_SECONDS = 6 * HOUR
"""After it was sent, a story comes before the editors in a random second between the two."""
FOLLOWED_FROM_SECONDS = 2 * MINUTE
FOLLOWED_UNTIL_SECONDS = 20 * MINUTE
"""The same for what its author does later: the card follows, or goes. Minutes, for a conversation of hours would not
come to an end."""
FOLLOWED_AT_LAST_SECONDS = 1 * HOUR
"""However long its author goes on: in the second half of this time after they began, the card follows."""
CARD_LATE_SECONDS = 15 * MINUTE
CARD_SPREAD_SECONDS = 1 * HOUR
"""A card that is so late was due while the service was off: all of those come within the hour after it, not at once."""
PUBLISHED_FROM = 8
PUBLISHED_UNTIL = 20
"""Hours, UTC: a story comes out at a random second between them, never on the day of its second approval unless two
editors insist."""
LATEST_RELEASE_DAYS = 30
"""How far ahead editors may put a release: well before an approved story would be destroyed."""
DEMO_RELEASE_SECONDS = 15
"""On the local page nobody waits a day; long enough to choose another time."""
SOURCE_DAYS = 14
"""What a published story was made of, and the way to its author, is kept for corrections."""
UNDECIDED_DAYS = 60
WAITING_DAYS = 30
"""For the author's word on the final text."""
REJECTED_DAYS = 7
"""How long a story is kept in a status, then destroyed."""
WARNED_BEFORE_DAYS = (30, 10)
"""Editors are warned of an undecided story on its days 30 and 50 of 60."""
REMINDED_BEFORE_DAYS = 3
"""An author who has asked for it is reminded so many days before an open story is deleted."""
EXTENSION_DAYS = 30
MOST_EXTENSIONS = 2
"""By how much, and how often, an author puts the deletion of an open story off."""
MOST_CHANGES = 10
CHANGES_CHARACTERS = 3_000
"""Of what editors changed, so much is shown at once: whoever is afraid reads all of it, in bites."""
RECEIPT_SECONDS = 1 * HOUR
"""How long the words of a receipt that nobody has confirmed, or what they have opened, wait for the next message."""
MOVE_SECONDS = DAY
"""Before a story moves to another account: as long its old one can say no."""
MOST_STORIES_A_DAY = 5
"""From one account: who tells on behalf of others sends several."""
MOST_MESSAGES = 2_000
"""Of one story: a thousand that came in a minute are kept, and more than anybody types in a week."""
MOST_ADDITIONS = 40
"""To one story, unasked."""
BLOCK_DAYS = (7, 30)
"""For how long nothing is taken from an account; every block ends by itself."""
SLOW_FROM = 30
"""New stories within an hour; from then on who has told none yet waits."""
SLOW_SECONDS = 30 * MINUTE
"""For so long, counted from the first time that they ask."""
MOST_CODES_A_DAY = 10
"""Wrong ones from one account, which were to make an editor."""
CARDS_AN_HOUR = 10
"""Editors see so many new stories one by one; what comes beyond that stands in one digest."""
MOST_IN_DIGEST = 10
"""Stories: as many lines and buttons as a phone shows without scrolling far. The rest comes when it is asked for, or
next time."""
LATE_DIGEST_SECONDS = 3 * HOUR
"""A digest that is later than that does not come: nobody wants the one of the evening at night. What is in it comes
with the reader's next one."""
AUDIT_DAYS = 365
"""How long the audit trail tells who did what."""
OWN_DATA_SECONDS = 1 * HOUR
"""How long the file with all that is kept about a person stands in their chat."""
COLD_SECONDS = 72 * HOUR
"""After the last step with a story its key leaves the server, if the newsroom has an offline one."""
RING_DAYS = 7
"""After so many days the ring's key is replaced and the old one destroyed."""
PROOF_SECONDS = 12 * HOUR
"""So long an account that has shown a code of the second factor may go on without another: a working day."""
FRESH_PROOF_SECONDS = 10 * MINUTE
"""The same for what can't be taken back."""
SECOND_PERSON_SECONDS = DAY
"""So long what takes two persons waits for the second."""
LONGEST_LETTER = 20_000
"""Characters of a newsletter in one language: six messages, of which the first is sent and the others are asked for."""
LONGEST_FRAME = 1_000
"""Of a template's greeting, and of its footer."""
LONGEST_LABEL = 40
"""Of a button that leads to a page: more is cut off on a phone."""
MOST_LINKS = 6
"""Such buttons under one newsletter."""
LETTER_PICTURES = 10
LETTER_CAPTION = 1_024
"""UTF-16 units: a newsletter that is not longer stands under its first picture, in one message (Telegram's limit)."""
LETTER_DAYS_AHEAD = 90
"""How far ahead a newsletter may be put."""
LETTER_LATE_SECONDS = 6 * HOUR
"""A newsletter whose time went by while the service was off is not sent so late without anybody's word."""
LETTER_DRAFT_DAYS = 60
LETTER_SENT_DAYS = 90
"""How long a newsletter is kept after its last change, and after it was sent: then its messages are out of reach."""
