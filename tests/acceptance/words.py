"""What the people of the journey say. Every sentence is one of a kind, so that a scan finds it and nothing else."""

from __future__ import annotations

import io
import random

from PIL import Image

_WHO = ("Соседка", "Дворник", "Учительница", "Вахтёр", "Старшина", "Бухгалтер", "Племянница", "Садовник")
_DID = ("пронесла", "спрятала", "перечитала", "раздала", "сожгла", "переписала", "зашила", "подбросила")
_WHAT = ("листовки", "дневник", "письма", "пластинку", "открытки", "тетрадь", "фотографии", "чемодан")
_WHERE = ("на чердаке", "за гаражами", "у переезда", "под лестницей", "в прачечной", "на пристани", "в теплице")
_WHEN = ("до рассвета", "после смены", "в метель", "на Масленицу", "под салют", "в карантин", "накануне суда")

EXIF = "Снято-Горицвет-56.8587-35.9176"
PEN_NAME = "Тихоокеанская Ворона"
QUESTION = "Как называлась улица, по которой вы уходили от того автозака?"
REGION = "Посёлок за тремя плотинами"
DESCRIPTION = "Фонтан без воды, у бортика стоят четырнадцать пар валенок."
FOR_EDITORS = "Не упоминайте, пожалуйста, завод лимонада и попугая в проходной."
NOTE = "Сверила с картой: трамвай туда не ходил, спросить деликатно."
REASON = "Такую историю мы уже рассказали осенью, пришлите нам продолжение про голубятню."
ANSWER = "Её потом переименовали, а мы звали её Берёзовой просекой."


def story(characters: int, seed: int) -> str:
    """A text of about so many characters; each sentence has a number of its own."""
    dice = random.Random(seed)
    sentences: list[str] = []
    while sum(map(len, sentences)) < characters:
        words = [dice.choice(group) for group in (_WHO, _DID, _WHAT, _WHERE, _WHEN)]
        sentences.append(f"{' '.join(words)}, и было это в {1000 + dice.randrange(9000)}-й раз. ")
    return "".join(sentences).strip()


def recording(seed: int, size: int = 300_000) -> bytes:
    """Longer than one piece of a download."""
    return random.Random(seed).randbytes(size)


def photo(seed: int, side: int = 480) -> bytes:
    """Noise, so that it is large; its EXIF says who took it and where."""
    details = Image.Exif()
    details[0x013B] = EXIF
    image = Image.frombytes("RGB", (side, side), random.Random(seed).randbytes(side * side * 3))
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", exif=details.tobytes())
    return buffer.getvalue()
