"""Seven words: got and checked, typed in elsewhere; a story that moves, and one that stays."""

from __future__ import annotations

from tests.integration.flows.scenes.scene import Scene

WORDS = "абажур берег вишня гитара дупло ежевика жаворонок"


async def receipting(scene: Scene) -> None:
    await scene.submitted()
    author = scene.script.follow(scene.author)
    await scene.script.says(author, "/mine")
    await scene.script.presses(author, "1")
    await scene.press(author, "mine-receipt", "receipt-show", "receipt-written")
    await scene.script.says(author, "вишня дупло")
    await scene.press(author, "receipt-show-again", "receipt-written")
    await scene.script.says(author, "Берегг и дупло")


async def coming_back(scene: Scene) -> None:
    """Slips, words of no story, the right ones; nothing is done."""
    await _received(scene)
    reader = scene.script.follow(scene.reader)
    await scene.script.says(reader, "/start")
    await scene.press(reader, "home-receipt")
    await scene.script.says(reader, " ".join(WORDS.split()[:6]))
    await scene.script.says(reader, WORDS.replace("абажур", "абъъур"))
    await scene.script.says(reader, WORDS.replace("абажур", "абъъур").replace("гитара", "гъъара"))
    await scene.script.says(reader, WORDS.replace("берег", "вишня"))
    await scene.script.says(reader, WORDS.replace("берег", "берегг"))
    await scene.press(reader, "return-move", "move-no", "consent-withdraw", "withdraw-no", "button-back")


async def answering(scene: Scene) -> None:
    """The editors' question is answered by the words alone; what they see of it."""
    await _received(scene)
    await scene.asked(("В каком городе это было?", "In which town was it?"))
    reader = scene.script.follow(scene.reader)
    await scene.script.says(reader, "/receipt")
    await scene.script.says(reader, WORDS)
    await scene.press(reader, "mine-reply")
    await scene.says(reader, "В Перми.", "In Perm.")
    await scene.says(reader, f"Мои слова, кстати: {WORDS}", f"My words, by the way: {WORDS}")
    await scene.press(reader, "question-done", "button-back")
    anna = scene.script.follow(scene.anna)
    await scene.cast.open_card(anna)


async def pasting(scene: Scene) -> None:
    """The words stand in a story that is sent."""
    await scene.begun()
    author = scene.script.follow(scene.author)
    await scene.script.says(author, f"{scene.story} {WORDS}.")
    await scene.script.aside(scene.quietly(author, "tell-done"))
    await scene.script.aside(scene.quietly(author, "tell-name-nobody", "topic-other", "tell-region-skip"))
    await scene.script.aside(scene.quietly(author, "tell-contact-silent", "tell-licence-agree"))
    await scene.press(author, "tell-send", "tell-words-send")


async def moving_here(scene: Scene) -> None:
    await _received(scene)
    reader = scene.script.follow(scene.reader)
    await scene.script.says(reader, "/receipt")
    await scene.script.says(reader, WORDS)
    await scene.press(reader, "return-move", "move-yes")
    scene.script.note(scene.words("проходят сутки", "a day passes"))
    scene.a_day_passes()
    await scene.cast.stage.settle()
    await scene.script.says(reader, "/mine")
    await scene.script.says(reader, "/receipt")
    await scene.script.says(reader, WORDS)


async def staying(scene: Scene) -> None:
    """The account that the story would leave says no."""
    await _received(scene)
    author = scene.script.follow(scene.author)
    await scene.reader.says("/receipt")
    await scene.reader.says(WORDS)
    await scene.quietly(scene.reader, "return-move", "move-yes")
    await scene.script.says(author, "/mine")
    await scene.script.presses(author, "1")
    await scene.press(author, "move-cancel")


async def _received(scene: Scene) -> None:
    await scene.submitted()
    await scene.author.says("/mine")
    await scene.author.presses("1")
    await scene.quietly(scene.author, "mine-receipt", "receipt-show", "receipt-written")
    await scene.author.says("берег дупло")


SCENES = (receipting, coming_back, answering, pasting, moving_here, staying)
