"""From the outbox to a room, and files both ways."""
