# The program's own few sentences: said by the bot, not by the newsroom, when something went another way than expected.
text-missing = There should be a sentence here, but it is missing. Everything else works.
tap-is-stale =
    { $platform ->
        [matrix] That number belongs to an earlier question. Here is the present one:
       *[other] That button belongs to an earlier question. Here is the present one:
    }
tap-is-unproven = Please answer this question with its number: reactions travel unencrypted, so we don't rely on them here.
text-is-empty = There is no readable text in this message. Please write it once more.
edit-is-late = We can no longer take an edit of that earlier message. If it matters, please send the corrected text again.
kind-is-unsupported = We can't take this yet. Please send text, a photo, a voice message or a video.
message-is-unreadable = One of your messages could not be decrypted, so we have not read it. Please send it once more.
command-is-unknown = There is no such command. Here is what you can do now:
draft-comes-first = Let us finish what you began first. This is where we stopped:
turn-has-failed =
    That did not work just now, but we have your message and nothing is lost. We already know about the fault.
    If you want to report it, this is its number: <code>{ $reference }</code>
messages-are-left =
    { $count ->
        [one] <b>{ $count } message that we could not delete is still in this chat.</b>
       *[other] <b>{ $count } messages that we could not delete are still in this chat.</b>
    } { $platform ->
        [matrix] Please do it yourself: press the message and choose “Remove”. Encrypted copies may be left on Matrix servers, which we can't reach.
       *[other] Telegram lets a bot delete messages for two days only. Please do it yourself: open the chat's menu and choose “Clear history”. We can't reach the copies on Telegram's servers.
    }
answer-is-unexpected =
    { $platform ->
        [matrix] Please send the number of one of the choices, or answer the question:
       *[other] Please choose one of the buttons or answer the question:
    }
button-back = Back
photo-is-unsupported = This photo could not be opened: JPEG, PNG, GIF and WebP will do.
photo-is-heic = This is a HEIC photo, which we can't open yet. Please send it as a photo, not as a file.
photo-is-too-large = This photo is too large. Please send a smaller copy.
photo-is-damaged = This photo could not be read: the file seems to be damaged. Please try to send it again.
photos-are-off = We can't process photos safely at the moment. You can send text, voice messages and videos without them.
# most: how many megabytes we take.
file-is-too-large = This file is too large: we can take { $most } MB at most. A recording can be sent in parts, a photo as a smaller copy.
files-have-no-room = We take no files at the moment: our server has hardly any room left. Please write in words, and send the file later.
files-are-too-many = Very many files have come from you today, and we did not take this one. Please send it tomorrow.
file-is-lost = We could not get this file: the messenger no longer has it. Please send it again.
file-is-not-taken = We can't take files yet: they hold traces of you that we can't erase so far.
file-took-too-long = This file took too long to load, so we did not take it. Please try to send it again, or a smaller copy; a recording can be sent in parts.
