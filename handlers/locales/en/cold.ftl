# Stories that lie cold: the server itself can't read them any more.

# ── for editors ──────────────────────────────────────────────────────────────────────────────────────────────────
card-cold = <b>Lies cold since { $since }.</b>
desk-cold =
    This story lies cold since { $since }: nobody worked on it for three days, and the key to its text was erased from the server. It can't be read or changed here.
desk-cold-how =
    The newsroom's twelve words open it on another computer: if two editors agree, whoever runs the server exports it to a file for that. Its author can still take it back.
desk-cold-until = On { $until } it will be deleted.
desk-export = Export to a file
card-pair-export = A second editor is needed: to export the story to a file.
card-pair-export-agreed = Two editors have agreed: until { $until } (UTC) the story may be exported to a file, once.
pair-export =
    Export the story to a file? Whoever has the newsroom's twelve words can read it, and it stays even if the story is deleted here. A second editor has to agree within a day.
pair-export-asked = { $name } suggests exporting this story to a file. Whoever has the newsroom's twelve words can read it. Do you agree?
pair-export-former = A former colleague suggested exporting this story to a file. Whoever has the newsroom's twelve words can read it. Do you agree?
pair-export-agree = Allow the export
pair-export-agreed =
    Two editors have agreed. Until { $until } (UTC) whoever runs the server can export the story once, with <code>tamizdat export { $alias } story.cold</code>.
pair-export-close = Withdraw the agreement
pair-export-over = The agreement is withdrawn: to export the story, two have to agree anew.

# ── for the author ───────────────────────────────────────────────────────────────────────────────────────────────
mine-cold =
    Nothing was done with it for three days, so it is locked now: the newsroom keeps the key elsewhere, and the server can't read it. You can take it back at any time.
mine-cold-decided =
    Its text is locked already: the newsroom keeps the key elsewhere, and the server can't read it.
