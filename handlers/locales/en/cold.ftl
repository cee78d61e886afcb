# Stories that lie cold: the server itself can't read them any more.

# ── for editors ──────────────────────────────────────────────────────────────────────────────────────────────────
card-cold = <b>Lies cold since { $since }.</b>
desk-cold =
    This story lies cold since { $since }: nobody worked on it for three days, and the key to its text was erased from the server. It can't be read or changed here.
desk-cold-how =
    The newsroom's twelve words open it on another computer; whoever runs the server makes the file for that. Its author can still take it back.
desk-cold-until = On { $until } it will be deleted.

# ── for the author ───────────────────────────────────────────────────────────────────────────────────────────────
mine-cold =
    Nothing was done with it for three days, so it is locked now: the newsroom keeps the key elsewhere, and the server can't read it. You can take it back at any time.
mine-cold-decided =
    Its text is locked already: the newsroom keeps the key elsewhere, and the server can't read it.
