# Stories and the draft in the file with all that is kept about a person.
data-found = Get this as a file
data-found-only = By the seven words we show neither the story's text nor what was written between you and the editors: only how it stands.
data-found-is-here = This is how your story stands. In an hour the file goes from here; a downloaded copy is yours to delete.
data-draft = DRAFT
data-draft-until = It waits for you until { $until } (UTC). Then we delete it.
data-for-editors = For the editors only:
data-story = STORY { $number }
data-story-came = It came to us by { $platform_name }.
data-story-way = With it we keep the address of this chat, so that we can ask you if we need to. Editors do not see it.
data-story-no-way = We no longer have an address where we could write to you about it.
data-story-words = Seven words lead to it. The words themselves we do not keep.
data-file-photo = A photo, { $kilobytes } KB. The picture itself is not in this file.
data-file-recording = A recording, { $kilobytes } KB. The recording itself is not in this file.
data-notes =
    { $notes ->
        [one] The editors left each other { $notes } note. Only they read it, and it is not here.
       *[other] The editors left each other { $notes } notes. Only they read them, and they are not here.
    }
data-asked = The editors asked:
data-answered = You answered:
data-added = You added:
data-skipped = You chose not to answer.
data-unanswered = There is no answer yet.
data-unreadable = The text of this story does not open for us, so we can't show it.
data-version-yours = Version { $number }, yours:
data-version-edited = Version { $number }, after the editors:
data-version-edited-on = Version { $number }, after the editors, { $day }:
