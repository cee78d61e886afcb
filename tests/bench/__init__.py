"""`make bench`: how fast, how soon and how large, beside what others do with the same messages on this machine."""
