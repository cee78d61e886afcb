"""SQLAlchemy's engines, as all of ours are made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy.engine import URL

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine


def async_engine(url: URL, **how: Any) -> AsyncEngine:
    # Here, because it brings SQLAlchemy's ORM along: a tenth of a start on SQLite, which hardly ever needs it.
    from sqlalchemy.ext.asyncio import create_async_engine

    return create_async_engine(url, hide_parameters=True, **how)
