# For editors: how a broadcast goes, or a correction or withdrawal at the readers', and what can be done about it.
broadcast-of-story = <b>Sending: “{ $alias }”</b>
broadcast-of-letter =
    { $kind ->
        [correction] <b>Correcting a newsletter that readers have: “{ $title }”</b>
        [retraction] <b>Deleting a newsletter that readers have: “{ $title }”</b>
       *[letter] <b>Sending the newsletter “{ $title }”</b>
    }
broadcast-of-correction = <b>Correcting what readers have: “{ $alias }”</b>
broadcast-of-retraction = <b>Deleting what readers have: “{ $alias }”</b>
broadcast-of-destroyed = <b>Deleting what readers have: a destroyed story</b>
broadcast-opens =
    { $kind ->
        [correction] Manage the correction
        [retraction] Manage the deletion
       *[story] Manage the sending
    }
broadcast-starts =
    { $kind ->
        [correction] The correction begins: messages are being counted.
        [retraction] The deletion begins: messages are being counted.
       *[story] The sending begins: readers are being counted.
    }
broadcast-bar = { $bar } { $percent }%
broadcast-paused =
    { $kind ->
        [correction] The correction is paused.
        [retraction] The deletion is paused.
       *[story] The sending is paused.
    }
broadcast-paused-failures =
    { $kind ->
        [correction] The correction has paused itself: too many messages can’t be changed. Look into the server’s log before you resume it.
        [retraction] The deletion has paused itself: too many messages can’t be removed. Look into the server’s log before you resume it.
       *[story] The sending has paused itself: too many messages do not arrive. Look into the server’s log before you resume it.
    }
broadcast-paused-error =
    { $kind ->
        [correction] The correction has paused itself: the message could not be put together. The server’s log says more.
        [retraction] The deletion has paused itself: the message could not be put together. The server’s log says more.
       *[story] The sending has paused itself: the message could not be put together. The server’s log says more.
    }
broadcast-paused-restored =
    { $kind ->
        [correction] The correction came with a back-up and waits for your decision: some readers may have the new text already.
        [retraction] The deletion came with a back-up and waits for your decision: some readers’ messages may be gone already.
       *[story] The sending came with a back-up and waits for your decision: some readers may have got it already.
    }
broadcast-cancelled =
    { $kind ->
        [correction] The correction was cancelled.
       *[story] The sending was cancelled.
    }
broadcast-over =
    { $kind ->
        [correction] The correction has ended: there is nothing left to correct.
        [retraction] The deletion has ended: there is nothing left to delete.
       *[story] The sending has ended: there is nothing left to send.
    }
broadcast-outdated = This correction has ended: the text was corrected again after it, or withdrawn.
broadcast-finished =
    { $kind ->
        [correction] The correction is finished.
        [retraction] The deletion is finished.
       *[story] The sending is finished.
    }
broadcast-sent =
    { $kind ->
        [correction] Corrected: { $sent } of { $total }.
        [retraction] Deleted: { $sent } of { $total }.
       *[story] Sent: { $sent } of { $total }.
    }
broadcast-replaced = Too old to be deleted, so the message now says that its text was withdrawn: { $count }.
broadcast-skipped =
    { $kind ->
        [correction] The message is gone, can’t be changed any more, or has nothing to be corrected: { $count }.
        [retraction] The message is gone: { $count }.
       *[story] Other topics, a pause, or later in a list: { $count }.
    }
broadcast-blocked = Have blocked the bot: { $count }.
broadcast-failed =
    { $kind ->
        [correction] Could not be corrected: { $count }.
        [retraction] Could be neither deleted nor replaced: { $count }.
       *[story] Could not be sent: { $count }.
    }
broadcast-unknown = May or may not have arrived: { $count }.
broadcast-never-known =
    { $kind ->
        [correction] The message may or may not have arrived; where it has, the text is the old one: { $count }.
       *[retraction] The message may or may not have arrived; where it has, it stays: { $count }.
    }
broadcast-left =
    { $kind ->
        [correction] Have unsubscribed, so their messages are out of reach: { $count }.
        [retraction] Have unsubscribed, so their messages are out of reach: { $count }.
       *[story] Have unsubscribed meanwhile: { $count }.
    }
broadcast-rest =
    { $kind ->
        [correction] Not corrected yet: { $count }.
        [retraction] Not deleted yet: { $count }.
       *[story] Not sent yet: { $count }.
    }
broadcast-pace =
    { $pace } a second, { $minutes ->
        [0] less than a minute left.
        [one] about { $minutes } minute left.
       *[other] about { $minutes } minutes left.
    }
broadcast-again = Refresh
broadcast-pause = Pause
broadcast-resume = Resume
broadcast-cancel =
    { $kind ->
        [correction] Cancel the correction
       *[story] Cancel the sending
    }
broadcast-cancel-sure =
    { $kind ->
        [correction] Cancel the correction of what readers have? Where the text has changed, it stays changed; everybody else keeps the old one. This correction can’t be resumed.
       *[story] Cancel the sending? Who has got the message keeps it. Nobody else will, and this sending can’t be resumed.
    }
broadcast-cancel-no = Don’t cancel
broadcast-has-changed = Things have changed while you were looking.
broadcast-is-gone = This sending is gone, or it is not for you.
