# My stories, editors' questions, consent, deletion.
mine-none = You have not told a story yet.
mine-list =
    { $count ->
        [one] You have { $count } story:
       *[other] You have { $count } stories:
    }
mine-line-submitted = Story { $number }: with the editors
mine-line-consent = Story { $number }: waits for your consent
mine-line-agreed = Story { $number }: about to be published
mine-line-published = Story { $number }: published
mine-line-rejected = Story { $number }: not accepted
mine-story-submitted = The editors have had this story since { $since }. They read it and may ask you something. If there is no decision, we delete it on { $until }.
mine-story-consent = The text is ready and has been waiting for your consent since { $since }. Nothing is published without it. If you don't answer, we delete the story on { $until }.
mine-story-agreed = You agreed to the text on { $since }. Now two editors must approve it. If there is no decision, we delete it on { $until }.
mine-story-published = This story was published on { $since }. It may have been copied already, so it can't be taken back any more.
mine-story-rejected = The editors decided not to publish this story. We delete it on { $until }.
mine-is-gone = We don't have this story any more.
mine-reply = Answer the editors' question
mine-consent = Read the final text
withdraw-sure = Take the story back? We destroy it here at once; it is gone from our back-ups within seven days.
withdraw-yes = Yes, take it back
withdraw-no = No, leave it
withdrawn = The story is destroyed. We no longer have it; it is gone from our back-ups within seven days.
notice-question = The editors would like to ask you something.
notice-question-open = Read the question
notice-consent = The text is ready. Read it when you can.
notice-consent-open = Read the text
notice-published = Your story is published. Thank you.
notice-rejected =
    We have read your story and will not be able to publish it. An editor writes:

    <q>{ $reason }</q>

    We delete it in seven days. Thank you for trusting us.
question-is = The editors ask:
question-how = Answer in one message: only the editors will read it.
question-later = I will answer later
question-is-gone = There is no question for you at the moment.
question-answered = The editors have your answer. Thank you.
answer-too-long =
    That is too long: it can have { $most ->
        [one] { $most } character
       *[other] { $most } characters
    } at most. Please try a shorter one.
consent-begins = <b>This is how readers will see your story:</b>
consent-asks = Do you agree that it is published just like this?
consent-agree = I agree
consent-changes = Ask for changes
consent-withdraw = Take the story back
consent-later = I will decide later
consent-is-gone = There is nothing to agree to here: the text is with the editors, or is published already.
consent-is-newer = The editors have changed the text in the meantime. Please read the new one:
consent-agreed = Thank you. Now two editors must approve it, and then it is published.
consent-which-changes = What shall we change? Please write it in one message.
consent-changes-sent = The editors will read this and show you the text again.
page-by = Told by { $name }
page-by-nobody = The author asked not to be named
delete-sure =
    <b>Delete everything about you?</b> We destroy your drafts, the stories that are not published yet and your subscription, delete this conversation and forget your account.
delete-what-stays =
    { $published ->
        [0] It is all gone from our back-ups within seven days.
        [one] One story of yours is published: it stays, but nothing leads from it to you. Everything else is gone from our back-ups within seven days.
       *[other] Your published stories ({ $published }) stay, but nothing leads from them to you. Everything else is gone from our back-ups within seven days.
    }
delete-yes = Yes, delete everything
delete-no = No, go back
deleted =
    Done: we have nothing about you any more, and it is gone from our back-ups within seven days.

    We can't reach the copies in Telegram and on your other devices: please delete this chat there. To come back, write /start
