"""Alembic's scripts; `upgrading.py` has them run."""
