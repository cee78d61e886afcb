"""What people read and write: Fluent sentences, rich text, cleaning, splitting."""
