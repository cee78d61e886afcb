# For subscribers.
reader-offer = In which language shall we send you stories? They come as soon as they are published. You can leave with one tap under any of them.
reader-join-ru = По-русски
reader-join-en = In English
reader-joined-ru = You have subscribed to stories in Russian.
reader-joined-en = You have subscribed to stories in English.
reader-subscribed-ru = You are subscribed to stories in Russian.
reader-subscribed-en = You are subscribed to stories in English.
reader-left = You have left. We keep nothing about you as a reader.
reader-story-is-gone = This story is no longer here.
button-leave = Leave
button-read-on = Read on
