# “Tell a story”: from the honest warning to handing it in.
tell-safety-editors =
    <b>First, honestly: what you risk</b>

    Editors do not see your account. But your words and pictures may give you away: names, places, dates, faces.

    While we keep your story, whoever takes over our server could find your account. We delete it by the date we show you; our back-ups follow within seven days.
tell-safety-platform =
    Telegram knows that you wrote to us and can read it. It may hand over your phone number and IP address. Matrix with encryption hides what you write, but not that you wrote.

    If you have the choice, Matrix, another phone and somebody else's network are safer.
tell-begin = I understand, begin
tell-story = Tell us your story.
tell-story-how =
    Write one message or many, and send photos. You can correct a mistake right in the message you sent.

    Take your time: a draft is kept for a day after your last message, then we delete it.
tell-is-kept = This looks like the beginning of a story. We have kept it as a draft. Before you go on, please read this:
tell-so-far =
    { $characters ->
        [0] Your story has no words yet.
        [one] So far your story has { $characters } character.
       *[other] So far your story has { $characters } characters.
    }
tell-so-far-photos =
    { $photos ->
        [one] { $photos } photo is attached.
       *[other] { $photos } photos are attached.
    }
tell-go-on = Go on, or press “Done”.
tell-done = Done
tell-undo = Remove the last message
tell-needs-text = Your story has no words yet. Please write at least a few.
tell-too-long =
    This message did not fit: a story can have up to { $most ->
        [one] { $most } character
       *[other] { $most } characters
    }. Everything before it is safe.
tell-too-many-photos =
    A story can have up to { $most ->
        [one] { $most } photo
       *[other] { $most } photos
    }. This one is too many; the others are safe.
file-is-refused-document = We can't take files yet: they hold traces of you that we can't erase so far. Please send a photo as a photo, not as a file.
file-is-refused-recording = We can't take voice or video yet: they may give you away. Please write it in words.
file-is-refused-other = We can't take this yet. Please send text or a photo.
tell-name = How shall we sign the story?
tell-name-nobody = Without a name
tell-name-pen = With a pen name
tell-name-own = With my name
tell-byline-pen = Which pen name shall stand under the story? Best choose one that you use nowhere else.
tell-byline-own = Write the name as readers will see it. Please think again: we could not remove it everywhere later.
tell-byline-too-long =
    The name must be one line of at most { $most ->
        [one] { $most } character
       *[other] { $most } characters
    }.
tell-photos-wait =
    { $photos ->
        [one] We are preparing { $photos } photo: everything needless is erased.
       *[other] We are preparing { $photos } photos: everything needless is erased.
    } This usually takes less than a minute.
tell-photos-first = Let us wait for the photos first; then you can add more.
tell-review-begins = <b>This is what editors will see:</b>
tell-review =
    { $photos ->
        [0] Is everything right?
        [one] Is everything right? { $photos } photo goes with the text.
       *[other] Is everything right? { $photos } photos go with the text.
    }
tell-review-wipes = Once it is sent, we delete this conversation on both sides.
tell-review-is-last = To add something, press “Back to the text”.
signed = Signed: <b>{ $name }</b>
signed-nobody = Signed: without a name
tell-send = Send
tell-change-story = Back to the text
tell-change-name = Change the name
tell-discard = Delete the draft
tell-discard-sure = Delete the draft? It can't be brought back.
tell-discard-yes = Yes, delete it
tell-discard-no = No, go back
tell-discarded = The draft is deleted.
tell-sent =
    <b>The editors have your story.</b> Thank you for telling it. We have deleted our conversation about it, as promised.

    If the editors have a question, we leave it here without a sound. “My stories” shows what becomes of it; you can take it back there, too.
