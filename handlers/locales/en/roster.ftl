# For editors: the second factor and the roster.

# ── the second factor ──
factor-asks = Type the code from your app: six digits. Every twelve hours it shows us that this is you.
factor-asks-once = To do this, type a new code from your app: six digits.
factor-was-wrong =
    This code did not work. Wait for the next one in your app and type it. { $left ->
        [one] { $left } try is left.
       *[other] { $left } tries are left.
    }
factor-is-locked =
    Too many codes were typed. Try again in { $minutes ->
        [one] { $minutes } minute
       *[other] { $minutes } minutes
    }. The admins know about it.
factor-is-no-code = First the code: six digits from your app. Send the rest after it.
factor-not-now = Not now
factor-discard = Leave and save nothing
factor-is-needed = This needs a second factor. Whoever runs the server can set one up for you.
factor-is-damaged = Your second factor can't be read. Ask whoever runs the server to set it up anew.
factor-somebody-guesses = Somebody has typed a wrong code five times in a row as “{ $name }”. No code is taken for an hour. Ask your colleague whether it was them.

# ── the roster ──
roster-open = The roster
roster-is = <b>The newsroom.</b> Whom shall we open?
roster-line =
    <b>{ $name }</b>: { $role ->
        [admin] admin
        [translator] translator
       *[editor] editor
    }. { $platforms }. { $factor ->
        [yes] Has a second factor.
       *[no] Has no second factor.
    }
roster-nobody = They are no longer in the newsroom.
roster-takes-two = It takes two admins to make somebody an admin, or to change what an admin is.
roster-last-admin = This is the last admin, who can't be changed here: a second one comes first, and is named by whoever runs the server.
roster-make =
    { $role ->
        [admin] Make an admin
        [editor] Make an editor
        [translator] Make a translator
       *[gone] Remove from the newsroom
    }
roster-wish =
    { $role ->
        [admin] make them an admin
        [editor] make them an editor
        [translator] make them a translator
       *[gone] remove them
    }
roster-you-wish = You suggest: { roster-wish }. For a day it waits for another admin to agree.
roster-another-wishes = { $by } suggests: { roster-wish }. Do you agree?
roster-agree = Agree
roster-forget = Drop the suggestion
roster-forgotten = The suggestion is dropped.
roster-done = Done.
roster-waits = The suggestion is noted. For a day it waits for another admin to agree.
roster-has-changed = The roster changed while you were looking. This is how it stands:
roster-asks-another = The roster needs a second admin: it is about “{ $name }”.
