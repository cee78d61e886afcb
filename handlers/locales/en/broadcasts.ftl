# For editors: how a broadcast goes, and what can be done about it.
broadcast-of-story = <b>Sending: “{ $alias }”</b>
broadcast-of-letter = <b>Sending the newsletter “{ $title }”</b>
broadcast-opens = Manage the sending
broadcast-starts = The sending begins: readers are being counted.
broadcast-bar = { $bar } { $percent }%
broadcast-paused = The sending is paused.
broadcast-paused-failures = The sending has paused itself: too many messages do not arrive. Look into the server’s log before you resume it.
broadcast-paused-error = The sending has paused itself: the message could not be put together. The server’s log says more.
broadcast-paused-restored = The sending came with a back-up and waits for your decision: some readers may have got it already.
broadcast-cancelled = The sending was cancelled.
broadcast-over = The sending has ended: there is nothing left to send.
broadcast-finished = The sending is finished.
broadcast-sent = Sent: { $sent } of { $total }.
broadcast-skipped = Other topics, a pause, or later in a list: { $count }.
broadcast-blocked = Have blocked the bot: { $count }.
broadcast-failed = Could not be sent: { $count }.
broadcast-unknown = May or may not have arrived: { $count }.
broadcast-left = Have unsubscribed meanwhile: { $count }.
broadcast-rest = Not sent yet: { $count }.
broadcast-pace =
    { $pace } a second, { $minutes ->
        [0] less than a minute left.
        [one] about { $minutes } minute left.
       *[other] about { $minutes } minutes left.
    }
broadcast-again = Refresh
broadcast-pause = Pause
broadcast-resume = Resume
broadcast-cancel = Cancel the sending
broadcast-cancel-sure = Cancel the sending? Who has got the message keeps it. Nobody else will, and this sending can’t be resumed.
broadcast-cancel-yes = Cancel the sending
broadcast-cancel-no = Don’t cancel
broadcast-has-changed = The sending has changed while you were looking.
broadcast-is-gone = This sending is no more, or is not for you.
