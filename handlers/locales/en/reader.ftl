# For subscribers: subscription, topics, pause, the latest stories, the language we talk in.
reader-offer = In which language shall we send you stories? They come as soon as they are published. You can leave right under any of them.
reader-in-language = { $language }
reader-subscribed = You are subscribed to stories.
reader-language = Language: { $language }.
reader-all-topics = Topics: all.
reader-some-topics =
    { $count ->
        [one] You have chosen { $count } topic.
       *[other] You have chosen { $count } topics.
    }
reader-none-yet = There are no stories in this language yet.
reader-room = These stories also come out in a public room: { $link }. But its members see each other. Here they come to you alone.
reader-paused = Paused until { $day }: nothing comes before then, and after that stories come again.
reader-paused-until-return = Paused until you come back: open “Read stories”, and they will come again.
reader-is-none = You are not subscribed to anything now.
reader-left = You have left. We keep nothing about you as a reader.
reader-left-unlisted = You have left. We keep only a fingerprint of your account: you asked not to be added from other lists.
unlist-why = If we ever bring readers over from another list, you may be on it too. Then stories would come again.
unlist-what = To prevent that, we can remember a fingerprint of your account. It holds no name and no address, but our server will recognise your account by it. We keep it until you take your wish back.
unlist-yes = Don’t add me again
unlist-no = No, keep nothing
unlist-done = All right: we won’t add you from other lists. You can always subscribe yourself. To take your wish back, open “Read stories”.
unlisted = You asked not to be added from other lists. For that we keep a fingerprint of your account.
unlist-undo = Take back: don’t add me
unlist-undone = Done: we no longer have a fingerprint of your account.

reader-latest = Latest stories
reader-topics = Choose topics
reader-other-language = Change the language of stories
reader-pause = Pause
reader-resume = Send stories again
reader-kept = What is kept about me
reader-menu = To my subscription
reader-done = Done

reader-which-topics = What shall the stories be about? Choose a topic to switch it on or off.
reader-topic-on = { topic-of }: yes
reader-topic-off = { topic-of }: no
reader-every-topic = All topics
reader-topic-is-last = At least one topic has to stay. If you want nothing at all, pause or leave.
reader-which-language = In which language shall we send you stories?
reader-which-pause = How long shall we pause? After that, stories come again. Whatever comes out meanwhile is in “Latest stories”.
reader-pause-week = For a week
reader-pause-month = For a month
reader-pause-return = Until I come back
reader-keeps = <b>As a reader, this is what we keep about you:</b> the address of this chat, the language of stories, your topics, a pause, how often and by which clock to send, the stories that wait for your next list, the time of that list, and after which story you joined. The language, the time of the list and the number of that story are kept openly; all the rest is encrypted.
reader-keeps-not = We keep no name, and do not note what you read. Leave, and all of it is gone.

reader-confirm = Subscribe to stories?
reader-replaces = Your language so far: { $language }. It will be replaced.
reader-topic-is = Topic: { topic-of }.
reader-topic-adds = One more topic is added to yours: { topic-of }.
reader-confirm-yes = Subscribe
reader-has-it = You get these stories already.

reader-latest-title = <b>Latest stories</b>
reader-latest-about = <b>Latest stories. Topic: { topic-of }</b>
reader-latest-none = There is nothing here yet.
reader-line = { $number }. { $title } — { topic-of }, { $day }
reader-line-elsewhere = { $number }. { $title } — { topic-of }, { $day }. Not translated yet; language: { $language }
reader-open = { $title }
reader-older = Earlier ones
reader-newer = Later ones
reader-by-topic = Search by topic
reader-which-topic = What would you like to read about?
reader-any-topic = Everything
reader-to-list = To the list of stories
reader-untranslated = This story is not translated yet. Here it is as it was written; language: { $language }.
reader-story-is-gone = This story is no longer here.
reader-letter-is-gone = This newsletter is no longer here.
reader-letter-withdrawn = The editors have taken this newsletter back.
reader-letter-date = { $day }
reader-letter-stories =
    { $platform ->
        [matrix] !stories
       *[other] /stories
    }
reader-letter-leave =
    { $platform ->
        [matrix] !leave
       *[other] /leave
    }
button-leave = Leave
button-read-on = Read on

tongue-which = In which language shall we talk?
tongue-is-kept = We have kept what you wrote as a draft.
tongue-discard = Delete the draft
tongue-told-in = Stories are told and prepared here in Russian or English. In which language shall we go on?
menu-latest = Latest stories
menu-language = Change the language

page-by = Told by { $name }
page-by-nobody = The author asked not to be named
channel-withdrawn = This story has been withdrawn.
channel-withdrawn-late = The story that appeared here on { DATETIME($day, dateStyle: "long") } has been withdrawn. Its messages are too old for us to delete. Please do not pass them on.
channel-corrected-late = The story that appeared here on { DATETIME($day, dateStyle: "long") } has been corrected. Its messages are too old for us to change. You can read the new text in a chat with the bot.

# ── to those on a list from elsewhere ──
invite-why = Hello. Your address is on a list of people who wanted to read our stories.
invite-what = We are moving that list here and ask you first: unless you say yes, nothing will come.
invite-ignore = If you never asked for this, you need not answer.
invite-yes = Yes, subscribe
