# Seven words by which a story is found again; its move to another account.
mine-receipt = Get seven words
receipt-about = Seven Russian words lead you back to this story from any account and any messenger.
receipt-about-others = They lead whoever learns them there, too: write them on paper, don't photograph them. Typed in another account, they show that both accounts are yours.
receipt-about-before = If you have had words for this story before, those stop working.
receipt-show = Show the words
receipt-words = Write down these seven words, in their order:
receipt-words-how = They begin to work after a short check. Without it we destroy them in an hour.
receipt-written = I have written them down
receipt-check =
    Let us check what you wrote. Please type the { $first ->
        [first] first
        [second] second
        [third] third
        [fourth] fourth
        [fifth] fifth
        [sixth] sixth
       *[seventh] seventh
    } and the { $second ->
        [first] first
        [second] second
        [third] third
        [fourth] fourth
        [fifth] fifth
        [sixth] sixth
       *[seventh] seventh
    } word.
receipt-show-again = Show the words again
receipt-check-wrong = That does not match. Look at what you wrote down and try again.
receipt-done = Done: these seven words lead you to the story from now on. We have deleted them from this chat, so keep your note safe.

# ── seven words in the text itself ──
tell-words-found = <b>There are seven words in a row in your story that look like those by which a story is found.</b> The editors would read them, too. If they are yours, better take them out. If you send it as it is, they won't lead anywhere any more, and you can get new ones in “My stories”.
tell-words-send = Send it as it is
words-were-pasted = The editors have it. There are seven words in a row in it that look like those by which a story is found. If they are, they don't lead anywhere any more: you can get new ones in “My stories”.

# ── coming back ──
return-words = Send the seven words in their order, in one message. We delete it at once.
return-words-link = If you told the story in another account, this shows that both are yours.
return-miscounted =
    { $count ->
        [one] Seven words are needed, and { $count } has come.
       *[other] Seven words are needed, and { $count } have come.
    }
return-misread-one = We don't know word number { $place }: it may be mistyped.
return-misread = We don't know words number { $places }: they may be mistyped.
return-looking = Looking for the story. This usually takes a few seconds.
return-unknown = These words led to nothing. Please check the words and their order.
return-too-often =
    Too many tries. Please try again in { $minutes ->
        [one] { $minutes } minute
       *[other] { $minutes } minutes
    }.
return-busy = Too many people are looking for their stories, and your turn has not come. Please send the words again in half a minute.
return-is-here = The story that these words lead to is here already.
return-found = <b>Your story is found.</b> We don't show its text here.
return-is-over = These words lead to nothing any more.
return-answer-how = The editors will see that the answer came by the seven words.
return-move = Move the story here
return-moves = It is already moving to another account: that takes a day.

# ── the move ──
move-how = In a day the story moves to this account: the editors' questions and the final text will wait for you here. It disappears from the account where it was. Until then the move can be cancelled there.
move-exposes =
    { $platform ->
        [matrix] Here our conversation is encrypted.
       *[other] What we show you here can be read by whoever runs this messenger's servers, too.
    }
move-yes = Yes, move it here
move-no = No, let it stay there
move-begun = Good: in a day the story will be in “My stories”.
move-cancel = Cancel the move
move-cancelled = The move is cancelled, and the story stays here. The seven words that led to it don't work any more: somebody else knew them. You can get new ones in “My stories”.
move-is-over = There is nothing to move here: the move is under way, done or cancelled, or we don't have the story any more.
mine-moves = <b>Soon this story moves to another account:</b> its seven words were typed there. If that was not you, cancel the move.
notice-move = Somebody asks to move your story to another account. If that is not you, cancel the move: you have a day.
