# “Tell a story”: from the honest warning to handing it in.
tell-begun =
    <b>This looks like the beginning of a story.</b> Shall we keep it as a draft?

    While you decide, nothing is lost: you can go on writing and send photos.
tell-begun-keep = Keep it and go on
tell-begun-discard = Throw it away
tell-is-kept = We have kept this. Before you go on, please read:
tell-safety-editors =
    <b>First, honestly: what you risk</b>

    Editors do not see your account. But your words, pictures and recordings may give you away: names, places, dates, faces, your voice.

    While we keep your story, whoever takes over our server could find your account. We delete it by the date we show you; our back-ups follow within seven days.
tell-safety-platform =
    { $platform ->
        [matrix]
            This conversation is encrypted: Matrix servers do not see what you write. But they see that you wrote to us, when and how much, and which reactions you set. What is deleted disappears from the chat; encrypted copies may stay on servers.

            If you have the choice, another phone, somebody else's network and an account that nothing links to you are safer.
       *[other]
            Telegram knows that you wrote to us and can read it. It may hand over your phone number and IP address. Matrix with encryption hides what you write, but not that you wrote.

            If you have the choice, Matrix, another phone and somebody else's network are safer.
    }
tell-rolling-offer = If somebody may look into your phone, the chat can be wiped as you go: what is said disappears from it after ten to twenty minutes, and your draft stays with us.
tell-hidden-data = We take the hidden data out of photos: where, when and with what they were taken. In voice and video it stays: send those only if you can't do without them.
tell-begin = I understand, begin
tell-begin-rolling = Start, and wipe the chat as I go
tell-rolls =
    Good: whatever is written here, yours and ours, disappears after ten to twenty minutes. Your draft stays as it is: to read it again, press “Show what I wrote”.

    { $platform ->
        [matrix] If the chat is empty when you come back, send !start: we go on where you stopped. Encrypted copies may be left on Matrix servers.
       *[other] If the chat is empty when you come back, send /start: we go on where you stopped.
    }
tell-rolls-no-more = Good, nothing is wiped as you go any more. What you write from now on disappears when you send the story, or after a day and a half.
tell-rolling-on = Wipe the chat as I go
tell-rolling-off = Stop wiping as I go
tell-show = Show what I wrote
tell-which = How would you like to tell it?
tell-question = Question { $number } of { $count }
tell-story-how =
    Write one message or many; send photos, voice messages or video. You can correct a mistake right in the message you sent.

    Take your time: a draft is kept for a day after your last message, then we delete it.
tell-so-far =
    { $characters ->
        [0] Your story has no words yet.
        [one] So far your story has { $characters } character.
       *[other] So far your story has { $characters } characters.
    }
tell-so-far-answer =
    { $characters ->
        [0] This answer has no words yet.
        [one] So far this answer has { $characters } character.
       *[other] So far this answer has { $characters } characters.
    }
tell-so-far-photos =
    { $photos ->
        [one] { $photos } photo is attached.
       *[other] { $photos } photos are attached.
    }
tell-so-far-recordings =
    { $recordings ->
        [one] { $recordings } recording is attached.
       *[other] { $recordings } recordings are attached.
    }
tell-go-on =
    { $platform ->
        [matrix] Go on, or send the number of a choice.
       *[other] Go on, or press one of the buttons.
    }
tell-done = Done
tell-next = Next
tell-previous = Previous question
tell-undo = Remove the last message
tell-skip = Skip
tell-skip-question = Skip this question
tell-overview = All answers
tell-overview-count =
    You have answered { $answered } of { $count ->
        [one] { $count } question
       *[other] { $count } questions
    }.
tell-overview-how = Open any question to read your answer again, add to it or write it anew.
tell-line-answered = { $name }: answered
tell-line-empty = { $name }: empty
tell-answer = This is your whole answer. What would you like to do with it?
tell-answer-is-empty = This question has no answer yet.
tell-answer-more = Add to it
tell-answer-anew = Erase it and write anew
tell-needs-answer = This question needs an answer, even if only a few words.
tell-needs-text = Your story has no words yet. Please write at least a few.
tell-only-words-here = This answer is for the editors only, so it needs words: a photo might be published. Please add it to another question.
tell-too-long =
    This message did not fit: a story can have up to { $most ->
        [one] { $most } character
       *[other] { $most } characters
    }. Everything before it is safe.
tell-too-many-messages = This story has very many messages already, and this one did not fit. All that came before it is safe.
tell-too-many-photos =
    A story can have up to { $most ->
        [one] { $most } photo
       *[other] { $most } photos
    }. This one is too many; the others are safe.
tell-too-many-recordings =
    A story can have up to { $most ->
        [one] { $most } recording
       *[other] { $most } recordings
    }. This one is too many; the others are safe.
file-is-refused-document = We can't take files yet: they hold traces of you that we can't erase so far. Please send a photo as a photo, not as a file.
file-is-refused-other = We can't take this yet. Please send text, a photo, a voice message or a video.
tell-pause = Leave it for later
tell-pause-day = You can stop at any point. The draft waits here for a day after your last message, as of now until { $until } (UTC). Then we delete it.
tell-pause-week = You can stop at any point. The draft waits here for a week after your last message, as of now until { $until } (UTC). Then we delete it.
tell-pause-how =
    { $platform ->
        [matrix] To go on, just write, or send the number of a choice.
       *[other] To go on, just write or press the button.
    } The messages may disappear from this chat sooner, but the draft keeps all of them.
tell-keep-week = Keep it for a week
tell-pause-back = Back to the story
tell-describe-number = Photo { $number } of { $count }
tell-describe = What does this photo show? Describe it in a sentence or two, for those who can't see it.
tell-describe-is = The description so far: { $description }
tell-describe-anew = To replace it, write a new one.
tell-describe-keep = Leave it as it is
tell-describe-skip-all = Leave all without one
tell-describe-none = There are no photos in this story.
tell-describe-too-long =
    A description may have at most { $most ->
        [one] { $most } character
       *[other] { $most } characters
    }.
tell-name = How shall we sign the story?
tell-name-nobody = Without a name
tell-name-pen = With a pen name
tell-name-own = With my name
tell-byline-pen = Which pen name should stand under the story? It is best to choose one that you use nowhere else.
tell-byline-own = Write the name as readers will see it. Please think again: we could not remove it everywhere later.
tell-byline-too-long =
    The name must be one line of at most { $most ->
        [one] { $most } character
       *[other] { $most } characters
    }.
tell-topic = What is your story about? Readers will find it by its topic.
tell-region = Where does this story come from?
tell-region-how = The larger the place, the harder you are to find: “Siberia”, “a big city”, “not in Russia”. You need not answer.
tell-region-skip = Rather not say
tell-region-too-long =
    The place must be one line of at most { $most ->
        [one] { $most } character
       *[other] { $most } characters
    }.
tell-contact = May we write to you if the editors have a question?
tell-contact-never-means = If we may never write, editors can only shorten the text and mask what should not be seen: there would be nobody to agree to other changes.
tell-contact-silent = Yes: without sound or details
tell-contact-return = Only when I come back here
tell-contact-never = Never write to me
tell-licence = Tamizdat publishes the story free for everybody to read. Other media may reprint it with its signature and a link to us.
tell-licence-needed = Unless you agree to this, nothing is sent to the editors.
tell-licence-agree = I agree
tell-files-wait =
    { $files ->
        [one] We are preparing { $files } file.
       *[other] We are preparing { $files } files.
    } This usually takes less than a minute; a large video takes longer.
tell-files-first = Let us wait for the files first; then you can add more.
tell-review-begins = <b>This is what editors will see:</b>
tell-review-notes = <b>For the editors only, not to be published:</b>
tell-review =
    { $photos ->
        [0] Is everything right?
        [one] Is everything right? { $photos } photo goes with the text.
       *[other] Is everything right? { $photos } photos go with the text.
    }
tell-review-recordings =
    { $recordings ->
        [one] { $recordings } recording goes to the editors only: we do not publish it.
       *[other] { $recordings } recordings go to the editors only: we do not publish them.
    }
tell-review-wipes =
    { $platform ->
        [matrix] Once it is sent, we delete this conversation. Encrypted copies may stay on Matrix servers.
       *[other] Once it is sent, we delete this conversation on both sides.
    }
tell-review-is-last = To add something, choose “Back to the text”.
signed = Signed: <b>{ $name }</b>
signed-nobody = Signed: without a name
tell-topic-is =
    Topic: { $topic ->
        [war] { topic-war }
        [home] { topic-home }
        [leaving] { topic-leaving }
        [prison] { topic-prison }
        [work] { topic-work }
        [family] { topic-family }
        [protest] { topic-protest }
        [help] { topic-help }
       *[none] { topic-other }
    }
tell-region-is = Place: { $region }
tell-contact-is-silent = Writing to you: yes, without sound
tell-contact-is-return = Writing to you: no, you will come back
tell-contact-is-never = Writing to you: never. The story may be published without showing it to you again, but with cuts only.
tell-send = Send
tell-change-story = Back to the text
tell-change-name = Change the name
tell-change-topic = Topic
tell-change-region = Place
tell-change-contact = Writing to me
tell-change-descriptions = Photo descriptions
tell-discard = Delete the draft
tell-discard-sure = Delete the draft? It can't be brought back.
tell-discard-yes = Yes, delete it
tell-discard-no = No, go back
tell-discarded = The draft is destroyed, and this chat is wiped. It is gone from our back-ups by { $until }.
tell-sent-silent =
    <b>Your story is sent.</b> Thank you for telling it. We have deleted our conversation about it, as promised.

    { tell-sent-when }

    If the editors have a question, we leave it here without a sound. “My stories” shows what becomes of it; you can take it back there, too. There you also get seven words that lead to it from any account.
tell-sent-return =
    <b>Your story is sent.</b> Thank you for telling it. We have deleted our conversation about it, as promised.

    { tell-sent-when }

    We will not write to you. Please look in after a few days: questions and the final text wait in “My stories”, where you can also take the story back. There you also get seven words that lead to it from any account.
tell-sent-never =
    <b>Your story is sent.</b> Thank you for telling it. We have deleted our conversation about it, as promised.

    { tell-sent-when }

    We will not write to you. “My stories” shows what becomes of it; you can take it back there, too. There you also get seven words that lead to it from any account.
tell-sent-when =
    { $platform ->
        [local] Here, in the demonstration, the editors see it at once. In earnest it takes some hours. That way the time tells less about who wrote it.
       *[other] The editors will see it within the next few hours. That way the time tells less about who wrote it.
    }
