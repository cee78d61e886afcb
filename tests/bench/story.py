"""How much one person sends at once: an album, a video, a long voice message and many texts."""

PHOTOS = 10
VIDEO = 19 * 1024 * 1024
VOICE = 5 * 1024 * 1024
"""bytes; twenty minutes of Opus at 32 kbit/s"""
TEXTS = 40
FILES = PHOTOS + 2
TEXT = "Мы стояли у вокзала, и никто не знал, уйдёт ли вечерний поезд. Это было в сообщении номер {number}."
