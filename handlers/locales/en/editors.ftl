# For editors: the card, the desk, editing, joining.
card-title = <b>{ $alias }</b>
card-facts =
    Language: { $language ->
        [ru] Russian
        [en] English
       *[other] { $language }
    }. Version { $version }. { $photos ->
        [0] No photos.
        [one] { $photos } photo.
       *[other] { $photos } photos.
    }
card-questions = Questions to the author: { $asked }, answered: { $answered }.
card-opens = Open
status-submitted = With the editors: read, ask, edit
status-consent = With the author: waiting for consent
status-agreed =
    The author agrees. Approved by { $approvals } of { $needed }
status-published = Published
status-rejected = Not accepted
status-withdrawn = Taken back by the author
desk-no-story = This story is gone, or opens on another platform.
desk-read = Read
desk-ask = Ask the author
desk-edit = Edit
desk-offer = Send to the author for consent
desk-approve = Approve
desk-reject = Reject
desk-close = Close
desk-question = Editors asked:
desk-answer = The author answers:
desk-no-answer = The author has not answered yet.
desk-has-changed = The story changed while you were reading. This is how it stands:
desk-read-end = That is the whole text. It disappears from this chat in an hour.
desk-which-question = What shall we ask the author? Write one message. The author won't see who asks.
desk-question-sent = The question is on its way to the author.
desk-which-reason = Why do we reject it? The author reads this word for word, so please be kind.
desk-rejected = The author has been told, in your words.
desk-offered = The text is with the author for consent.
desk-no-route = There is no way to the author any more: nobody can be asked for consent.
desk-approved =
    You have approved the text. { $missing ->
        [one] { $missing } more editor is needed.
       *[other] { $missing } more editors are needed.
    }
desk-published = Published: the story goes to the channel and to subscribers.
desk-again = To the story
edit-how = Above is the present text. Send the new one as a whole, in one message or several.
edit-so-far =
    The new version has { $characters ->
        [one] { $characters } character.
       *[other] { $characters } characters.
    } Go on, or save it.
edit-save = Save the version
edit-discard = Don't save
edit-saved = The new version is saved. Now the author has to see it.
edit-discarded = The version is not saved; the text is as before.
enrol-done = You are an editor now. Stories open from the cards in the editors' room.
enrol-refused = This code did not work: it is valid for ten minutes, and once. Ask for a new one.
