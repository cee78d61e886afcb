# For editors: newsletters.
letters-open = Newsletters
menu-letters = Newsletters
letters-are =
    { $count ->
        [0] No newsletters yet.
        [one] <b>{ $count } newsletter.</b>
       *[other] <b>{ $count } newsletters.</b>
    }
letter-line =
    <b>{ $title }</b>
    { $state }
letters-new = New newsletter
letters-templates = Templates
letters-to-list = All newsletters
letter-which-title = What shall we call it? Only editors see the name.
letter-title-too-long =
    The name can have up to { $most ->
        [one] { $most } character
       *[other] { $most } characters
    }. A shorter one, please.

# ── one newsletter ──
letter-title = <b>{ $title }</b>
letter-card = Newsletter <b>{ $title }</b>
letter-is-draft = Draft, approvals: { $approvals } of { $needed }
letter-is-scheduled = Approved, goes out on { $day } at { $time } UTC
letter-is-sent = Sent on { $day }
letter-was-sent-by = Sent on { $day } by { $name }.
letter-is-retracted = Taken back on { $day }
letter-was-scheduled-by = Time chosen by { $name }.
letter-was-missed = The service was off when its time came, so it was not sent. Choose another time.
letter-edition =
    { $language }: { $characters ->
        [one] { $characters } character
       *[other] { $characters } characters
    }{ $buttons ->
        [0] {""}
        [one] , { $buttons } button
       *[other] , { $buttons } buttons
    }
letter-no-text = No text yet.
letter-pictures =
    { $count ->
        [one] { $count } picture.
       *[other] { $count } pictures.
    }
letter-has-template = Template: { $name }.
letter-for = To: { $who }.
letter-for-nobody = nobody, no language is chosen
letter-for-topics = topics: { $topics }
platform-name =
    { $name ->
        [telegram] Telegram
        [matrix] Matrix
       *[local] this page
    }
rhythm-name =
    { $rhythm ->
        [at_once] at once
        [daily] once a day
       *[weekly] once a week
    }
letter-text = Text
letter-to-pictures = Pictures
letter-to-template = Template
letter-to-readers = Who gets it
letter-to-preview = Preview
letter-to-test = Get a test copy
letter-to-send = Send
letter-stop = Hold it back
letter-correct = Correct it
letter-retract = Take it back
letter-delete = Delete it
letter-has-changed = The newsletter has changed while you were reading. This is how it stands:
letter-is-gone = This newsletter is gone, or it opens on another platform.
letter-is-decided = This is not a draft any more: it can’t be changed.
letter-approved = You have approved it. One more editor is needed.
letter-approved-second = Two have approved it: it can be sent now.
letter-stopped = It is held back. Its approvals still count.
letter-delete-sure = Delete the newsletter for good, with its pictures?
letter-delete-yes = Delete
letter-deleted = The newsletter is deleted.

# ── correcting it ──
letter-correction-how = In which language? Readers see the correction once two editors have approved it. Buttons, pictures and the greeting stay as they are.
letter-correction-waits = Correction, approvals: { $approvals } of { $needed }
letter-correction-by-you = You have approved this correction.
letter-correction-last = Above is the new text. If you approve it, it starts to change in subscribers’ chats at once.
letter-correction-approve = Approve the correction
letter-correction-approved = You have approved the correction. One more editor is needed.
letter-correction-dropped = The correction is dropped. Subscribers keep the old text.
letter-correction-is-late = This newsletter can no longer be corrected.
letter-corrected = Two have approved the correction. The text is being changed in subscribers’ chats.

# ── taking it back ──
letter-retract-sure = Take the newsletter back? It disappears from subscribers’ chats, with what they have opened of it; where it can no longer be deleted, the message says that it was taken back. Whoever has not got it yet will not get it; copies that somebody made remain. After that it can’t be corrected or sent again.
letter-retract-no = Leave it
letter-retract-by-you = You want it taken back. A second editor decides.
letter-retract-by-another = One editor wants this newsletter taken back.
letter-retracted = The newsletter is taken back: we are removing it from subscribers’ chats.

# ── the text ──
letter-which-language = In which language?
letter-language = { $language }
letter-language-written = { $language } ✓
letter-edition-is = This is how it reads now; language: { $language }.
letter-write-anew = Write it anew
letter-links = Buttons with links
letter-drop-edition = Drop this language
letter-edition-dropped = It will not go out in this language.
letter-how = Send the text, in one message or several; language: { $language }.
letter-how-anew = Above is the text as it is. Send the new one as a whole, in one message or several; language: { $language }.
letter-marks =
    { $platform ->
        [local] Format with marks: **bold**, __italic__, [words](https://address). A quotation begins with “> ”.
       *[other] Format words and set links as you always do in this messenger.
    }
letter-so-far =
    The newsletter has { $characters ->
        [one] { $characters } character.
       *[other] { $characters } characters.
    } Go on, or save it.
letter-save = Save the text
letter-saved = The text is saved.
letter-saved-anew = The text is saved. Approvals of the earlier one don't count any more.
letter-not-saved = The text was not saved.
letter-overtaken = A colleague has saved another text meanwhile. If you save once more, yours takes its place.
letter-too-long =
    This message did not fit: a newsletter can have up to { $most ->
        [one] { $most } character
       *[other] { $most } characters
    }. All that came before it is still here.
letter-marks-open = A mark is opened here and never closed: “{ $near }”. For a plain asterisk put a backslash before it.
letter-marks-link = This link leads nowhere: “{ $near }”. An address must begin with https://.
letter-marks-nothing = There is nothing here besides marks. Please write some words.
letter-link-line = { $label } — { $url }
letter-link-how = Send words and an address in one message, such as “Read on our site https://example.org”. They become a button under the newsletter.
letter-link-drop = Remove “{ $label }”
letter-link-is-none = That could not be read: words, a space, and an address that begins with https:// are needed.
letter-link-too-long =
    A button holds up to { $most ->
        [one] { $most } character
       *[other] { $most } characters
    }. Fewer words, please.
letter-link-too-many =
    A newsletter can have up to { $most ->
        [one] { $most } button
       *[other] { $most } buttons
    }. Remove another one first.

# ── pictures ──
letter-pictures-how = Send pictures; a caption becomes the description for those who can't see. If the text is short, the first one stands above it.
letter-pictures-arriving =
    { $count ->
        [one] { $count } more is being prepared.
       *[other] { $count } more are being prepared.
    }
letter-pictures-look = Show them
letter-pictures-undo = Remove the last one
letter-pictures-only = A newsletter takes pictures only.
letter-pictures-too-many =
    A newsletter can have up to { $most ->
        [one] { $most } picture
       *[other] { $most } pictures
    }. We did not take this one; the others are still here.

# ── who gets it ──
letter-readers-how = Tap to switch on or off.
letter-readers-pause = Readers who have paused don't get it.
letter-readers-topics = By topic
letter-which-topics = What is it about? Those who have chosen at least one of these topics get it, and those who read about everything.
letter-readers-on = { $name }: yes
letter-readers-off = { $name }: no
letter-readers-counting = Counting readers…
letter-readers-none = There are no such readers now: nobody would get it.
letter-readers-few = Fewer than five people will get it.
letter-readers =
    { $count ->
        [one] { $count } person will get it.
       *[other] { $count } people will get it.
    }

# ── preview, sending ──
letter-preview-is = Above is how readers will see it. It disappears from this chat in an hour.
letter-preview = — { platform-name } · { $language } —
letter-preview-button = This is a sample: the button works once the newsletter is sent.
letter-test-is = Above is what a reader gets. The buttons are real, “Leave” included.
letter-send-now = Send it now
letter-send-when = Send it now, or write a day and an hour in UTC, such as “{ $day } 18:30”.
letter-goes-out = The newsletter is on its way to the readers.
letter-time-is-set = The time is set: it goes out by itself.
letter-time-is-none = That could not be read as a time. Write a day and an hour, such as “25.11 18:30”.
letter-time-is-past = That time has passed. Nothing was sent: write another one.
letter-time-is-far =
    That is too far ahead: the latest is in { $days ->
        [one] { $days } day
       *[other] { $days } days
    }.

# ── templates ──
letter-template-which = Which greeting and footer? They go into the newsletter as they are now.
letter-template-none = No templates yet.
letter-template-without = Without a template
letter-template-taken = The greeting and the footer are in the newsletter now.
templates-are =
    { $count ->
        [0] No templates yet.
        [one] <b>{ $count } template.</b>
       *[other] <b>{ $count } templates.</b>
    }
templates-what = A template has a greeting above the newsletter and a footer below it, in each language its own.
template-new = New template
template-which-name = What shall we call the template? Only editors see the name.
template-is = Template <b>{ $name }</b>. What shall we change?
template-greeting = { $language }: greeting
template-footer = { $language }: footer
template-drop = Delete the template
template-dropped = The template is deleted. Newsletters that use it already have not changed.
template-is-gone = This template is gone.
template-how =
    Send the { $part ->
        [greeting] greeting
       *[footer] footer
    } in one message; language: { $language }. These words in brackets are filled in by themselves:
template-variable =
    { $name } — { $variable ->
        [date] the day the newsletter is sent
        [stories] how to open the latest stories
       *[leave] how to unsubscribe
    }
template-empty = Leave it empty
template-saved = Saved. New newsletters will have it.
template-too-long =
    Up to { $most ->
        [one] { $most } character
       *[other] { $most } characters
    } fit here. Something shorter, please.
template-unknown = There is no variable { $name }. There are: { $known }. Nothing was changed.
