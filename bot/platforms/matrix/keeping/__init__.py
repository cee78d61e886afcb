"""What stays over a restart, sealed: our log-in and keys, and whose room is whose."""
