# Delete everything about me.
delete-sure = <b>Delete everything about you?</b> We destroy this conversation and all that we know about your account.
delete-draft = The draft that you are writing now goes as well.
delete-stories =
    { $stories ->
        [one] We destroy { $stories } story that readers don't see.
       *[other] We destroy { $stories } stories that readers don't see.
    }
delete-subscription = Your subscription ends, and you get no more stories.
delete-unlisted = We also forget your wish not to be added from other lists.
delete-what-stays =
    { $published ->
        [0] It is all gone from our back-ups within seven days.
        [one] One story of yours is published: it stays, but nothing will lead from it to you. Everything else is gone from our back-ups within seven days.
       *[other] { $published } stories of yours are published: they stay, but nothing will lead from them to you. Everything else is gone from our back-ups within seven days.
    }
delete-block-stays = One mark stays: until { $until } the editors take nothing new from this account. Then it goes, too.
delete-or-go-on = If you have changed your mind, choose nothing and go on writing: your draft is where it was.
delete-yes = Yes, delete everything
delete-no = No, go back
deleted =
    Done: we have nothing about you any more, and it is gone from our back-ups by { $until }.{ $blocked ->
        [0] {""}
       *[other] {" "}Only the mark that we told you of stays.
    }{ $published ->
        [0] {""}
       *[other] {" "}What is published stays with its readers.
    }

    { $platform ->
        [matrix] Encrypted copies may be left on Matrix servers, and readable ones on your other devices. We can't reach them: please remove this room there. To come back, just write to us.
       *[other] We can't reach the copies in Telegram and on your other devices: please delete this chat there. To come back, write /start
    }
