"""The same dialogue and the same sends, written as the documentation of other frameworks has them."""
