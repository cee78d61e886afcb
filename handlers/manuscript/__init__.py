"""A story's text: titled sections, what has changed between two versions, passages cut out."""
