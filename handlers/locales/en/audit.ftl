# For editors: the audit trail, once a day.
audit-head = The audit trail is whole: { $entries ->
    [one] { $entries } entry
   *[other] { $entries } entries
}. Today’s mark is { $code }. With it you can check later that nothing has gone missing.
audit-is-broken = The audit trail is damaged from entry { $number } on. Somebody may have changed it behind the program’s back: tell whoever runs the server.
