"""Alembic's scripts; `storage/schema.py` runs them."""
