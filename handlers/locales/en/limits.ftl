# When we don't take something for now: calmly, and until when.
limit-blocked = Until { $until } the editors take nothing new from this account. You can read stories, take yours back and delete everything about yourself as before.
limit-stories =
    { $most ->
        [one] { $most } story has come from you today.
       *[other] { $most } stories have come from you today.
    } We don't take more in a day, so that each is read. Please come back tomorrow.
limit-slow =
    Very many people are writing to us at once, and we listen to one after the other. Please look in again in { $minutes ->
        [one] { $minutes } minute
       *[other] { $minutes } minutes
    }: your place is kept.
limit-again = See whether it is time
limit-draft = Your draft is safe and waits: usually a day from your last message.
limit-additions = Very much was added to this story already, and there is no room for more. If something important is left, please tell a new story.
