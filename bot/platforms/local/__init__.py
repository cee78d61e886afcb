"""A messenger on one page: three chats side by side on 127.0.0.1, so that anyone sees a story travel.

page in the browser (static/) ⇄ server.py, behind guard.py: files and uploads; connection.py, protocol.py: the rest
acts.py: what a person does there      people.py: who they are, and which chats they see
speaker.py: what the bot says          adapter.py: all of it as a platform like the others
world.py: what every chat shows, and the events that the service has not taken yet
records.py, uploads.py: where that lies, sealed
"""

from bot.platforms.local.adapter import LocalAdapter

__all__ = ["LocalAdapter"]
