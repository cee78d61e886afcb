# For editors: when a story comes out, corrections, taking it back. And what its author hears of it.
release-comes-out = The story comes out on { $day } at { $time } UTC.
release-hurries =
    In the demo a story comes out in { $seconds ->
        [one] { $seconds } second
       *[other] { $seconds } seconds
    }; in a real newsroom, never before the next day.
release-urged-by-you = You want it out today. A second editor decides.
release-urged-by-another = One editor wants it out today. If you do too, it comes out at once.
release-other-time = Choose another time
release-today = Publish today
release-stop = Stop the release
release-urge-counted = Your request counts.
release-is-out = Published: the story is on its way to the channel and the subscribers.
release-stopped = The release is stopped. The story needs two approvals again.
release-which-time = When should it come out? Choose, or write a day and an hour in UTC, the day first: “{ $day } 18:30” is 21:30 in Moscow. Tomorrow is the earliest, { $latest } the latest.
release-morning = Tomorrow morning, { $hours } UTC ({ $moscow } MSK)
release-evening = Tomorrow evening, { $hours } UTC ({ $moscow } MSK)
release-later = In three days, { $hours } UTC ({ $moscow } MSK)
release-is-moved = The release has been moved.
release-time-is-wrong = That time won't do.
release-is-decided = The story changed while you were reading: there is nothing left to choose here.
release-is-not-ready = The story is not approved yet, so there is nothing to release.
release-published = The story was published on { $day }.
release-retracted = The story was withdrawn from readers on { $day }.
release-correct = Correct the text
release-retract = Withdraw it from readers
retract-by-you = You want it withdrawn. A second editor decides.
retract-by-another = One editor wants it withdrawn from readers.
retract-author-wishes = The author wants it withdrawn: one editor is enough.
retract-sure = Withdraw the story from readers? It disappears from the channel and from subscribers’ chats, with what they have opened of it; where it can no longer be deleted, the message says that it is withdrawn. What people have copied, or opened without subscribing, stays with them. The author hears of it, if we may write to them.
retract-out-of-reach = Withdraw the story from readers? It came out long ago, and we can no longer delete its messages in the channel and in subscribers’ chats. The channel gets a note that it is withdrawn; please delete the messages there by hand. The author hears of it, if we may write to them.
retract-needs-two = It takes two editors; you are the first.
retract-yes = Withdraw
retract-no = Leave it
retract-counted = Your request counts.
retract-done = The story is withdrawn from readers.
correct-how = Readers see a correction once another editor has confirmed it. Which way suits you?
correct-passage = Replace a passage
correct-whole = Send the whole text
correct-which = Above is the text that readers have. Send a passage from it, word for word: it will be replaced wherever it occurs.
correct-is-not-there = There is no such passage in the text. Please copy it from the message above.
correct-by-what = What should stand there instead?
correct-all = Above is the text that readers have. Send the new one as a whole, in one message or several. A line that begins with “# ” is a section's title.
correct-so-far =
    The new text has { $characters ->
        [one] { $characters } character.
       *[other] { $characters } characters.
    } Go on writing, or continue.
correct-next = Continue
correct-changes = <b>What changes:</b>
correct-nothing = Readers have exactly this text already.
correct-meaning-asks = Does the meaning change? If it does, we ask the author first.
correct-spelling-only = The author can no longer be asked, so the meaning must stay as it is. Only spelling can be corrected.
correct-spelling = The meaning is the same
correct-meaning = The meaning changes
correct-proposed = The correction waits for another editor. Until then readers have the old text.
correct-asked = The correction waits for the author. Until then readers have the old text.
correct-is-decided = Others changed the story while you were writing: this text can no longer be corrected.
correction-open = Open the correction
correction-waits-for-author = The correction changes the meaning: it waits for the author.
correction-waits-for-another = Your correction waits for another editor.
correction-waits-for-you = The correction waits for you to confirm it.
card-urged = One editor wants it out today; a second one is needed.
card-correction = A correction waits for another editor to confirm it.
correction-confirm = Confirm
correction-drop = Drop the correction
correction-saved = Corrected: the text is being changed in subscribers’ chats.
correction-done = Corrected: the text is being changed in the channel and in subscribers’ chats.
correction-done-out-of-reach = Corrected for new readers. The messages that are out there are too old for us to change: the channel gets a note. Please change the messages there by hand.
correction-dropped = The correction is dropped. Readers keep the old text.
correction-is-decided = This correction is gone: it was confirmed or dropped.
notice-correction = The editors suggest a correction. Read it when you can.
notice-correction-open = Read the correction
notice-retracted = Your story has been withdrawn from readers. We are removing it from subscribers’ chats too; copies that somebody made may remain.
