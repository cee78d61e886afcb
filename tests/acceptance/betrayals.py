"""What the journey's people would be betrayed by, as markers."""

from __future__ import annotations

from tests.acceptance import words
from tests.acceptance.journey import People, Script
from tests.acceptance.markers import Marker, of_bytes, of_number, of_text
from tests.acceptance.scene import FEW_BYTES, Scene


def betrayals(scene: Scene, people: People, script: Script, readers: list[int]) -> list[Marker]:
    """What was told, asked, noted and decided, the files; ids and names of accounts; the bot's token."""
    texts = {
        **{f"story, message {number}": text for number, text in enumerate(script.story, 1)},
        "edited story": script.edited,
        "question": words.QUESTION,
        "answer": words.ANSWER,
        "pen name": words.PEN_NAME,
        "region": words.REGION,
        "description of a photo": words.DESCRIPTION,
        "answer for editors only": words.FOR_EDITORS,
        "note": words.NOTE,
        "reason": words.REASON,
        "EXIF": words.EXIF,
        "bot token": scene.bot.token.partition(":")[2],
    }
    numbers = dict(zip(("first small id", "second small id", "third small id"), FEW_BYTES, strict=True))
    for human in (people.author, people.anna, people.boris, people.leaver, people.blocker):
        account = human.person.account
        texts |= {f"user name of {account.first_name}": account.username or "", "name": account.first_name}
        numbers[f"id of {account.first_name}"] = human.person.id
    numbers["id of a reader"] = readers[-1]
    found = [marker for of, text in texts.items() for marker in of_text(of, text)]
    found += [marker for of, number in numbers.items() for marker in of_number(of, number)]
    for photo in script.photos:
        found += of_bytes("photo, as it came", photo[len(photo) // 2 :])  # every JPEG begins alike
    found += of_bytes("voice message", script.voice)
    found.append(Marker(of="photo", form="as it is shown", needle=b"\xff\xd8\xff\xe0\x00\x10JFIF"))
    return found
