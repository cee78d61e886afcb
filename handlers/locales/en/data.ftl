# All that is kept about a person, in one file.
data-all = Get all of it as a file
data-about = <b>All that we keep about you, in one file.</b> It will hold your stories in full, your draft, what you and the editors wrote to each other, and your subscription.
data-warning =
    { $platform ->
        [matrix] The file comes here encrypted, and in an hour we delete it. A copy that you download is yours to delete: whoever holds your device can read it.
       *[other] The file comes here, and in an hour we delete it. Until then, whoever runs this messenger's servers can read it too. A copy that you download is yours to delete: whoever holds your device can read it.
    }
data-or-go-on = If you don't need the file, choose nothing and go on writing: your draft is where it was.
data-yes = Send me the file
data-no = No, thank you
data-begun = We are putting the file together: it will be here in a few seconds.
data-is-here = This is all that we keep. In an hour the file goes from here; a downloaded copy is yours to delete.

# ── in the file ──
data-title = WHAT TAMIZDAT KEEPS ABOUT YOU
data-made = This file was made on { DATETIME($day, dateStyle: "long") }
data-no-address = Your name, address and account are not in this file: in somebody else's hands it will not say by itself whose it is. But your words may give you away.
data-chat = THIS CHAT
data-chat-keeps = We keep the addresses of this chat and account, the language we talk in ({ $language }), and where our conversation has got to. All of it is encrypted.
data-chat-messages =
    { $messages ->
        [one] We also remember the number of { $messages } message, to delete it in time.
       *[other] We also remember the numbers of { $messages } messages, to delete them in time.
    }
data-reader = SUBSCRIPTION
data-reader-topics = Topics: { $topics }.
data-reader-waiting =
    { $stories ->
        [one] { $stories } story waits for your next list.
       *[other] { $stories } stories wait for your next list.
    }
data-reader-since =
    { $stories ->
        [0] You joined before the first story came out.
        [one] { $stories } story had come out when you joined.
       *[other] { $stories } stories had come out when you joined.
    }
data-editor = You are in the newsroom’s roster as “{ $name }”.
data-second-factor = With it we keep the key by which your one-time codes are checked. It is encrypted.
data-elsewhere = Our back-ups hold the same, and what is deleted is gone from them within seven days. The newsroom's log says what was done to a story, but not whose it is.
data-elsewhere-not-ours =
    { $platform ->
        [matrix] Encrypted copies of this conversation may lie on Matrix servers, readable ones on your devices.
       *[other] The messenger and your devices hold copies of this conversation. We can't reach them.
    }
