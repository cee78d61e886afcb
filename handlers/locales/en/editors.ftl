# For editors: the card, the queue, the desk, editing, joining.

# ── the card ──
card-title = <b>{ $alias }</b>
card-facts =
    Language: { $language ->
        [ru] Russian
        [en] English
       *[other] { $language }
    }. Version { $version }.
card-files =
    { $photos ->
        [0] No photos
        [one] { $photos } photo
       *[other] { $photos } photos
    }{ $recordings ->
        [0] .
        [one] , { $recordings } voice or video recording.
       *[other] , { $recordings } voice or video recordings.
    }
card-questions = Questions to the author: { $asked }, answered: { $answered }.
card-opens = Open
digest-is =
    { $count ->
        [one] <b>{ $count } story has come up within the last hour.</b>
       *[other] <b>{ $count } stories have come up within the last hour.</b>
    } The new ones have no cards of their own: all of them are in the queue. A card appears once somebody works on its story.
digest-opens = Open the queue
status-submitted = With the editors: read, ask, edit
status-consent = With the author: waiting for consent
status-agreed =
    The text is ready. Approved by { $approvals } of { $needed }
status-scheduled = Approved, waiting for its day
status-scheduled-for = Approved, comes out on { $day } at { $time } UTC
status-published = Published
status-retracted = Withdrawn from publication
status-rejected = Not accepted
status-withdrawn = Taken back by the author

# ── the queue ──
queue-is =
    { $count ->
        [0] There are no stories now.
        [1] <b>{ $count } story.</b>
        [one] <b>{ $count } story.</b> Those that have waited longest come first.
       *[other] <b>{ $count } stories.</b> Those that have waited longest come first.
    }
queue-found =
    { $count ->
        [0] Nothing was found.
        [one] { $count } story was found:
       *[other] { $count } stories were found:
    }
queue-state =
    { $status ->
        [submitted] with the editors
        [consent] with the author
        [agreed] waiting for approval
        [scheduled] waiting to come out
        [published] published
        [retracted] withdrawn from publication
        [rejected] not accepted
        [cold] lies cold
       *[withdrawn] taken back by the author
    }
queue-line =
    <b>{ $alias }</b>: { queue-state }, { $days ->
        [0] since today
        [one] { $days } day
       *[other] { $days } days
    }
queue-line-taken =
    <b>{ $alias }</b>: { queue-state }, { $days ->
        [0] since today
        [one] { $days } day
       *[other] { $days } days
    }; { $name } takes care of it
queue-partial =
    Of the published ones, the last { $most ->
        [one] { $most } was
       *[other] { $most } were
    } looked through.
queue-search = To find a story, write its name, status or topic.
queue-search-how = What are you looking for? The beginning of a word will do.
queue-earlier = Earlier
queue-later = Later
queue-mine = Mine
queue-nobody = Nobody's
queue-all = All
queue-by-topic = By topic
queue-which-topic = Stories about what?
queue-figures = In figures
queue-closed = The queue is open to editors only.
menu-queue = The queue of stories
menu-search = Find a story
menu-figures = The newsroom in figures
figures-none = Nothing is being worked on now.
figures-open =
    { $count ->
        [one] { $count } story is being worked on.
       *[other] { $count } stories are being worked on.
    } With the editors: { $submitted }, with authors: { $consent }, being approved: { $agreed }, waiting to come out: { $scheduled }.
figures-oldest =
    { $days ->
        [0] The oldest is “{ $alias }”: it has been here since today.
        [one] “{ $alias }” has waited longest: { $days } day.
       *[other] “{ $alias }” has waited longest: { $days } days.
    }
figures-published =
    { $count ->
        [0] Nothing has come out this month so far.
        [one] { $count } story has come out this month.
       *[other] { $count } stories have come out this month.
    }
figures-readers =
    { $count ->
        [one] { $count } person reads us
       *[other] { $count } people read us
    } { $language ->
        [ru] in Russian
        [en] in English
        [de] in German
        [fr] in French
        [cs] in Czech
       *[other] in another language ({ $language })
    }.
figures-readers-few = In each of the other languages, fewer than five people read us.
figures-readers-nowhere = So far fewer than five people read us in each language.
figures-blocked =
    { $count ->
        [one] From { $count } account we take nothing new for the time being.
       *[other] From { $count } accounts we take nothing new for the time being.
    }

# ── the desk ──
desk-no-story = This story is gone, or opens on another platform.
desk-is-decided = The story has been decided or has changed: there is nothing left to do here.
desk-has-changed = The story changed while you were reading. This is how it stands:
desk-nobody-cares = Nobody takes care of it yet.
desk-caretaker = { $name } takes care of it.
desk-others-care = { $name } takes care of this story. You may decide too, but it is better to talk first.
desk-about =
    Language: { $language ->
        [ru] Russian
        [en] English
       *[other] { $language }
    }. Topic: { $topic }.
desk-about-region =
    Language: { $language ->
        [ru] Russian
        [en] English
       *[other] { $language }
    }. Topic: { $topic }. Place: { $region }.
desk-contact-silent = The author may be written to, with a quiet notice.
desk-contact-return = The author asked not to be written to, and will read questions on coming back.
desk-contact-never = The author asked not to be written to. The text may be shortened, but not rewritten.
desk-version = Version { $version }.
desk-question = Editors asked:
desk-answer = The author answers:
desk-no-answer = The author has not answered yet.
desk-skipped = The author chose not to answer.
desk-author-adds = The author writes:
desk-answer-by-words = Answered by the seven words:
desk-adds-by-words = Added by the seven words:
desk-note = Note by { $name }, { $day }:
desk-note-former = Note by a former editor, { $day }:
desk-nothing-said = There are no questions or notes yet.
desk-read = Read
desk-ask = Ask the author
desk-edit = Edit
desk-cut = Cut a passage out
desk-offer = Send to the author for consent
desk-accept = Pass on for approval
desk-approve = Approve
desk-release = Release and publication
desk-reject = Reject
desk-claim = Take care of it
desk-let = Let it go
desk-photos = Photos
desk-originals = Voice and video
desk-deletion = Delete for good
desk-versions = Versions and changes
desk-exchange = All questions and notes
desk-write-note = Write a note
desk-return = Send back to the author
desk-hand = Hand over to a colleague
desk-more = More
desk-more-is = What else can be done with this story?
desk-close = Close
desk-to-queue = To the queue
desk-again = To the story
desk-read-end = That is the whole text. It disappears from this chat in an hour.
desk-photos-end = These are all the author's photos. They disappear from this chat in an hour.

# ── who takes care ──
desk-claimed = You take care of this story now.
desk-let-go = You have let the story go: it is nobody's now.
hand-to-whom = To whom shall the story be handed over? Only editors see the name.
hand-to-nobody = There is nobody to hand it over to: this platform has no other editors.
hand-done = { $name } takes care of this story now.

# ── a question, a way back, a note ──
desk-which-question = What shall we ask the author? Write one message. The author won't see who asks. Don't quote the story: whoever learned its seven words reads the question, too.
desk-question-sent = The question is on its way to the author.
desk-question-waits = The question waits for the author, who will read it on coming back.
desk-which-wish = What should the author change? Write one message: the new text comes as the answer. Better no long quotations: whoever learned the seven words reads this, too.
desk-returned = The text is back with its author, with your wish.
desk-return-waits = Your wish waits for the author, who will read it on coming back.
sent-back =
    Please change something in your story, and send the new text as your answer. It is not published without your consent.

    { $wish }
desk-which-note = Write the note in one message. Only editors will read it.
desk-noted = The note is on the desk.

# ── rejecting ──
desk-which-reason = Why do we reject it? Choose a reason or write your own: the author reads it word for word.
reject-topic = Not our topic
reject-little = Too little for a reader
reject-danger = Dangerous to publish
reason-topic = We collect other stories: of Russian speakers who stand for peace and freedom. Yours deserves a place that is waiting for it.
reason-little = A reader who does not know you can't yet quite see what happened to you. If you would like to tell more, we shall read it again.
reason-danger = We have found no way to publish it without putting you or others in danger. Your safety matters more to us.
reject-sure = This is how the author will read it. Shall we send it?
reject-sure-unread = The author asked not to be written to, and will read this only on opening “My stories” within a week.
reject-yes = Reject and tell the author
reject-other = Choose other words
desk-rejected = The story is not accepted. The author has a quiet notice and will read your words.
desk-rejected-unread = The story is not accepted. We did not write to the author, who asked us not to.

# ── nothing new from an author ──
desk-block = Take nothing from this author
block-how = For how long shall we take nothing new from this story's author? Their stories stay here, decide them as usual. The author is told from which day on we listen again.
block-unseen = Nobody sees whose account this is, or which other stories came from it. It can't be undone sooner, and ends by itself.
block-for =
    { $days ->
        [one] { $days } day
       *[other] { $days } days
    }
block-no = No, don't
block-done =
    { $days ->
        [one] For { $days } day we take nothing new from this story's author.
       *[other] For { $days } days we take nothing new from this story's author.
    }
block-nobody = There is no way to the author any more: there is nobody to stop.

# ── consent and approval ──
desk-offered = The text is with the author for consent.
desk-offered-waits = The text waits for the author's consent, to be read on coming back.
desk-no-route = There is no way to the author any more: nobody can be asked for consent.
desk-approved =
    You have approved the text. { $missing ->
        [one] { $missing } more editor is needed.
       *[other] { $missing } more editors are needed.
    }
desk-approved-second = You have approved the text: that makes two approvals.
accept-how = The author asked not to be written to and agrees that we may shorten the story. There is no need to ask for consent. Two editors must now approve the text.
accept-yes = Pass on for approval
accepted = The text has been passed on for approval.
accept-not-own = This text was rewritten, and the author can't be asked. You can take up the author's own text and cut it anew.
accept-own = Go back to the author's text
accept-own-taken = This is the author's text again.

# ── versions ──
versions-are =
    { $count ->
        [one] { $count } version is kept:
       *[other] { $count } versions are kept:
    }
version-of-author = Version 1: the author's text
version-by = Version { $version }: { $name }, { $day }
version-former = Version { $version }: a former editor, { $day }
version-unknown = Version { $version }: by whom and when was not noted
version-button = Version { $version }
version-is = This is version { $version }. It disappears from this chat in an hour.
version-against-last = What changed since the last one
version-against-first = What changed since the author's text
version-take = Go back to this version
version-taken = Version { $version } is taken up again and saved as a new one.
changes-are =
    { $changes ->
        [0] Versions { $against } and { $version } do not differ.
        [one] Between versions { $against } and { $version }, { $changes } paragraph changed.
       *[other] Between versions { $against } and { $version }, { $changes } paragraphs changed.
    }
changes-more = Show further
change-was = It was:
change-now = It is:
change-came = Added:
change-went = Removed:

# ── cutting ──
cut-how = Above is the present text. Send the words to be cut exactly as they stand. […] will take their place everywhere.
cut-not-found = The text does not have these words. Copy them from the text above.
cut-sure =
    { $places ->
        [one] This cuts { $places } place. Save it?
       *[other] This cuts { $places } places. Save it?
    }
cut-other = Choose other words
cut-saved = The passage is cut out and the new version is saved. Now the author has to see it.
cut-saved-never = The passage is cut out and the new version is saved. It can be passed on for approval now.

# ── editing ──
edit-which = What shall we edit? One section can be sent anew by itself; the others stay.
edit-whole = The whole text
edit-untitled = The beginning, untitled
edit-how = Above is the present text. Send the new one as a whole, in one message or several.
edit-titles = A line that begins with “# ” becomes the title of a section.
edit-section-how = Above is the present text of the section. Send it anew, in one message or several; the title stays.
edit-so-far =
    The new version has { $characters ->
        [one] { $characters } character.
       *[other] { $characters } characters.
    } Go on, or save it.
edit-overtaken = While you were editing, a colleague saved version { $version }. Yours will lie on top of it.
edit-section-gone = A colleague saved a version that no longer has this section. Copy your words and begin anew.
edit-too-long =
    This message did not fit: a story may have up to { $most ->
        [one] { $most } character
       *[other] { $most } characters
    }. All that came before it is in place.
edit-is-over = This story can't be edited any more: it is decided, or its author asked us to change nothing.
edit-save = Save the version
edit-save-over = Save on top
edit-discard = Don't save
edit-saved = The new version is saved. Now the author has to see it.
edit-discarded = The version is not saved; the text is as before.
enrol-done =
    { $role ->
        [admin] You are an editor now, and look after the roster.
        [translator] You are a translator of the newsroom now.
       *[editor] You are an editor now.
    } Stories open from the cards in the editors' room and from the queue: { $platform ->
        [matrix] !queue
       *[other] /queue
    }
enrol-too-often = Too many codes have not fitted today. Please try again tomorrow.
enrol-refused = This code did not work: it is valid for ten minutes, and once. Ask for a new one.
role-may-not = Others in the newsroom do this: ask an admin.

# ── by two ──
card-pair-originals = A second editor is needed: to open voice and video.
card-pair-deletion = A second editor is needed: to delete the story for good.
pair-originals = Voice and video are as the author sent them, and may give the author away. Only two editors together open them: the second agrees within a day.
pair-deletion = Delete the story for good: text, files, questions and the way to its author? There is no way back. A second editor has to agree within a day.
pair-ask = Call a second editor
pair-is-asked = The card says so.
pair-waits = For a day it waits for a second editor. Another account of yours does not count.
pair-drop = Take the request back
pair-refuse = Don't agree
pair-dropped = Nobody asks for it any more.
pair-close = Close the recordings
pair-originals-asked = { $name } asks to open the voice and video of this story to you both. Do you agree?
pair-originals-former = A former colleague asked to open the voice and video of this story. Do you agree?
pair-originals-agree = Open them
pair-deletion-asked = { $name } suggests deleting this story for good: text, files, questions and the way to its author. Do you agree?
pair-deletion-former = A former colleague suggested deleting this story for good. Do you agree?
pair-deletion-agree = Delete for good
pair-is-open = Voice and video are open to the two of you for a day.
pair-is-open-to-others = Voice and video are open to two of your colleagues now. You can call a second editor when their day is over.
pair-open = Listen and watch
pair-originals-over = The recordings are closed again.
pair-shown = These are all the author's recordings. They disappear from this chat in an hour.
pair-destroyed = The story is deleted for good.
notice-destroyed = The newsroom has deleted your story. We have it no longer: neither the text nor the files nor the way to you.
