# For editors: how a broadcast goes, or a correction or withdrawal at the readers', and what can be done about it.
broadcast-of-story = <b>Broadcast: “{ $alias }”</b>
broadcast-of-letter =
    { $kind ->
        [correction] <b>Correcting readers’ copies of the newsletter “{ $title }”</b>
        [retraction] <b>Deleting readers’ copies of the newsletter “{ $title }”</b>
       *[letter] <b>Newsletter broadcast: “{ $title }”</b>
    }
broadcast-of-correction = <b>Correcting readers’ copies: “{ $alias }”</b>
broadcast-of-retraction = <b>Deleting readers’ copies: “{ $alias }”</b>
broadcast-of-destroyed = <b>Deleting readers’ copies of a destroyed story</b>
broadcast-opens =
    { $kind ->
        [correction] Manage the correction
        [retraction] Manage the deletion
       *[story] Manage the broadcast
    }
broadcast-starts =
    { $kind ->
        [correction] The correction is starting: counting messages…
        [retraction] The deletion is starting: counting messages…
       *[story] The broadcast is starting: counting readers…
    }
broadcast-bar = { $bar } { $percent }%
broadcast-paused =
    { $kind ->
        [correction] The correction is paused.
        [retraction] The deletion is paused.
       *[story] The broadcast is paused.
    }
broadcast-paused-failures =
    { $kind ->
        [correction] The correction has paused itself: too many messages can’t be changed. Check the server’s log before you resume it.
        [retraction] The deletion has paused itself: too many messages can’t be deleted. Check the server’s log before you resume it.
       *[story] The broadcast has paused itself: too many messages are not getting through. Check the server’s log before you resume it.
    }
broadcast-paused-error =
    { $kind ->
        [correction] The correction has paused itself: the message could not be put together. The server’s log says more.
        [retraction] The deletion has paused itself: the message could not be put together. The server’s log says more.
       *[story] The broadcast has paused itself: the message could not be put together. The server’s log says more.
    }
broadcast-paused-restored =
    { $kind ->
        [correction] The correction was restored from a back-up and waits for your decision: some readers may have the new text already.
        [retraction] The deletion was restored from a back-up and waits for your decision: some readers’ messages may be gone already.
       *[story] The broadcast was restored from a back-up and waits for your decision: some readers may have got it already.
    }
broadcast-cancelled =
    { $kind ->
        [correction] The correction was cancelled.
       *[story] The broadcast was cancelled.
    }
broadcast-over =
    { $kind ->
        [correction] The correction has ended: there is nothing left to correct.
        [retraction] The deletion has ended: there is nothing left to delete.
       *[story] The broadcast has ended: there is nothing left to send.
    }
broadcast-outdated = This correction has ended: the text has since been corrected again, or withdrawn.
broadcast-finished =
    { $kind ->
        [correction] The correction is finished.
        [retraction] The deletion is finished.
       *[story] The broadcast is finished.
    }
broadcast-sent =
    { $kind ->
        [correction] Corrected: { $sent } of { $total }.
        [retraction] Deleted: { $sent } of { $total }.
       *[story] Sent: { $sent } of { $total }.
    }
broadcast-replaced = Too old to delete, so the message now says that its text was withdrawn: { $count }.
broadcast-skipped =
    { $kind ->
        [correction] The message is gone, can’t be changed any more, or has nothing to correct: { $count }.
        [retraction] The message is gone: { $count }.
       *[story] Chose other topics, have paused, or get it later in a list: { $count }.
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
       *[story] Have unsubscribed in the meantime: { $count }.
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
       *[story] Cancel the broadcast
    }
broadcast-cancel-sure =
    { $kind ->
        [correction] Cancel the correction? Where the text has changed already, it stays changed; everybody else keeps the old one. This correction can’t be resumed.
       *[story] Cancel the broadcast? Readers who have the message already keep it. Nobody else will get it, and this broadcast can’t be resumed.
    }
broadcast-cancel-no = Don’t cancel
broadcast-has-changed = Things changed while you were looking.
broadcast-is-gone = This broadcast is gone, or it opens on another platform.
