# My stories, editors' questions, consent, deletion.
mine-none = You have not told a story yet.
mine-list =
    { $count ->
        [one] You have { $count } story:
       *[other] You have { $count } stories:
    }
mine-line-question = Story { $number }: a question for you
mine-line-sent = Story { $number }: sent
mine-line-submitted = Story { $number }: with the editors
mine-line-consent = Story { $number }: waits for your consent
mine-line-agreed = Story { $number }: about to be published
mine-line-scheduled = Story { $number }: coming out soon
mine-line-published = Story { $number }: published
mine-line-retracted = Story { $number }: taken down
mine-line-rejected = Story { $number }: not accepted

# ── how it stands ──
mine-story-sent = The story is sent. The editors will see it within the next few hours. That way the time tells less about who wrote it.
mine-story-submitted = The editors have had this story since { $since }. They read it and may ask you something. Nothing is published before you have read the final text and agreed.
mine-story-submitted-never = The editors have had this story since { $since }. You asked us not to write to you, so they can only shorten it and cover names.
mine-story-consent = The text is ready and has been waiting for you since { $since }. Read it when you can: it is not published without your consent.
mine-story-agreed = You agreed to the text on { $since }. Now two editors must approve it. If they change anything, you will be shown the text again.
mine-story-agreed-unasked = The text has been ready since { $since }. You asked us not to write to you, so it was only shortened and names were covered. Now two editors must approve it.
mine-story-scheduled =
    { $when ->
        [today] The story comes out today, { $day }.
        [tomorrow] The story comes out tomorrow, { $day }.
       *[later] The story comes out on { $day }.
    } Until then you can still take it back.
mine-story-published = This story came out on { $since }. It may have been copied already, so it can't be taken back. But you can ask us to take it down.
mine-story-published-wish = This story came out on { $since }. You asked for it to be taken down. Once the editors have done it, you will see it here.
mine-story-published-correction = This story came out on { $since }. The editors suggest a correction: until you agree, readers see the text as it was.
mine-story-retracted = The story was taken down on { $since }. What readers have copied is out of our reach.
mine-story-rejected = The editors have read this story and decided not to publish it.
mine-until-undecided = If there is no decision, we delete it on { $until }. { mine-days-left }
mine-until-consent = If you don't answer, we delete the story on { $until }. { mine-days-left }
mine-until-rejected = We delete it on { $until }. { mine-days-left } It can be done now, too.
mine-until-published = On { $until } we delete earlier versions of the text, your answers to the editors and the way to write to you. { mine-days-left }
mine-until-over = We only have what readers see: earlier versions, your answers and the way to write to you are deleted.
mine-days-left =
    { $days ->
        [0] That is today.
        [one] { $days } day is left.
       *[other] { $days } days are left.
    }
mine-questions =
    { $questions ->
        [one] The editors have left you { $questions } question. You don't have to answer.
       *[other] The editors have left you { $questions } questions. You don't have to answer.
    }
mine-is-gone = We don't have this story any more.

# ── what can be done ──
mine-reply = Answer the editors' question
mine-consent = Read the final text
mine-add = Add something to the story
mine-extend =
    { $days ->
        [one] Keep it { $days } day longer
       *[other] Keep it { $days } days longer
    }
mine-contact = How you may reach me
mine-take-down = Ask to take it down
mine-delete-now = Delete it now
mine-extended = All right, we will keep the story longer: until { $until }.
add-what = What would you like to add? Write one message or several: the editors will read them. Nothing is put into the story itself without your consent.
add-done = Kept: the editors will read it.
add-is-late = Nothing can be added here any more: this story has been decided on, or we don't have it any more.
take-down-how = The editors will read your request: the word of one of them is enough to take the story down. What was passed on or copied stays with the people who have it.
take-down-why = You can write why, but you don't have to explain.
take-down-yes = Yes, take it down
take-down-no = No, let it stay
take-down-asked = The editors have your request.
take-down-note = Please take this story down.
take-down-is-late = There is nothing to take down here: the editors have your request already, or the story is not published any more.
contact-is-silent = At present, when the editors need your word, a message appears here without a sound. It says nothing about the story itself.
contact-is-return = At present we don't write to you: whatever the editors want to ask waits for you here.
contact-is-never = At present nobody writes to you or asks you anything.
contact-means = If you are not asked at all, the editors can only shorten the text and cover names in it. It may then be published without being shown to you again.
contact-to-silent = Write to me, silently
contact-to-return = Don't write: I will come and look
contact-to-never = Don't write and don't ask
contact-remind =
    { $days ->
        [one] Remind me { $days } day before it is deleted
       *[other] Remind me { $days } days before it is deleted
    }
contact-remind-not = Don't remind me before it is deleted
contact-remind-set = All right, we will remind you before it is deleted: with one silent message, which says nothing about the story itself.
contact-remind-unset = All right, we will not remind you.
contact-leave = Leave it as it is
contact-set-silent = All right: if your word is needed, we will leave a silent message here.
contact-set-return = All right, we will not write to you. Questions will wait for you here.
contact-set-never = All right, nobody will ask you anything any more. You can change your mind here.
withdraw-sure = Take the story back? We destroy it here at once and wipe this chat; it is gone from our back-ups within seven days.
withdraw-sure-now = Delete the story now? We destroy it here at once and wipe this chat; it is gone from our back-ups within seven days.
withdraw-yes = Yes, take it back
withdraw-yes-now = Yes, delete it
withdraw-no = No, leave it
withdraw-is-late = It was too late to take the story back: it has just come out.
withdrawn =
    <b>The story is destroyed.</b> We no longer have its text, its files or your answers. They are gone from our back-ups by { $until }.

    { $platform ->
        [matrix] We can't reach the encrypted copies on Matrix servers, nor your other devices.
       *[other] We can't reach copies that Telegram may have kept, nor your other devices.
    }{ $readers ->
        [had] {" "}What readers have passed on stays with people.
       *[never] {""}
    }

# ── notices ──
notice-question = The editors would like to ask you something.
notice-question-open = Read the question
notice-consent = The text is ready. Read it when you can.
notice-consent-open = Read the text
notice-remind = You asked to be reminded: have a look here in the next few days.
notice-remind-open = Have a look
notice-published = Your story is published. Thank you.
notice-decided = The editors have answered you.
notice-decided-open = Read the answer
notice-rejected =
    We have read your story and will not be able to publish it. An editor writes:

    <q>{ $reason }</q>

    Thank you for trusting us.

# ── editors' questions ──
question-is = The editors write to you:
question-is-first = The first of { $questions } questions:
question-how = Write your answer: only the editors will read it.
question-later = I will answer later
question-skip = Skip this question
question-never = Don't ask me again
question-never-sure = Shall we ask you nothing more about this story? Then the editors can only shorten it and cover names in it. It may then be published without being shown to you again.
question-never-yes = Yes, don't ask
question-never-done = All right, you will not be asked about this story again. You can change your mind in “My stories”.
question-skipped = The question is skipped, and that is fine.
question-is-gone = There is no question for you at the moment.
question-answered = The editors have your answer. Thank you.
question-more = If you remember anything else, write it here.
question-next = Next question
question-done = Done
answer-too-long =
    That is too long: it can have { $most ->
        [one] { $most } character
       *[other] { $most } characters
    } at most. Please try a shorter one.

# ── consent ──
consent-begins = <b>This is how readers will see your story:</b>
consent-begins-correction = <b>Your story is out already. After the correction readers will see it like this:</b>
changes-begin = <b>This is what has changed in your text.</b> Changed words are in bold.
changes-none = Nothing has changed in your text: it is word for word what you sent us.
changes-since = <b>This is what has changed since you agreed.</b> Changed words are in bold.
changes-since-none = Nothing in the text has changed since you agreed.
changes-are-more =
    { $more ->
        [one] That is not all: { $more } more paragraph has changed.
       *[other] That is not all: { $more } more paragraphs have changed.
    }
consent-show-rest = Show the rest
consent-asks = Do you agree that the story is published just like this?
consent-asks-correction = Do you agree to this correction?
consent-agree = I agree
consent-changes = Ask for changes
consent-withdraw = Take the story back
consent-decline = Leave it as it was
consent-later = I will decide later
consent-is-gone = There is nothing to agree to here: the text is with the editors, or is published already.
consent-is-newer = The editors have changed the text in the meantime. Please read the new one:
consent-agreed = Thank you. Now two editors must approve it, and then it is published.
consent-agreed-correction = Thank you. The correction appears once another editor has checked it.
consent-declined = All right, everything stays as it was.
consent-which-changes = What shall we change? Please write it in one message.
consent-changes-sent = The editors will read this and show you the text again.

# ── what editors see ──
card-skipped = Left unanswered: { $skipped }.
card-additions =
    { $additions ->
        [one] { $additions } addition by the author.
       *[other] { $additions } additions by the author.
    }
card-overdue = <b>No decision since { $since }. The story will be deleted on { $until }.</b>
card-take-down = <b>The author asks to take the story down.</b>
