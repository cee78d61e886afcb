"""What contributors see: telling, their stories, questions, consent, deletion."""

from __future__ import annotations

from tests.integration.flows.people import photo
from tests.integration.flows.scenes.scene import Scene


async def telling(scene: Scene) -> None:
    author = scene.script.follow(scene.author)
    await scene.script.says(author, "/start")
    await scene.press(author, "home-tell", "tell-begin")
    await scene.script.presses(author, scene.words("Коротко и свободно", "Short and free"))
    await scene.script.says(author, scene.story)
    await scene.script.sends_photo(author, photo(), scene.words("Вот наша площадь.", "This is our square."))
    await scene.script.sends_photo(author, b"broken")
    await scene.says(author, "Я не жалею.", "I don't regret it.")
    await scene.press(author, "tell-undo", "tell-done")
    await scene.says(author, "Пустая площадь, снег.", "An empty square, snow.")
    await scene.press(author, "tell-name-pen")
    await scene.script.says(author, "Т" * 61)
    await scene.says(author, "Тихая", "Quiet")
    await scene.press(author, "topic-protest")
    await scene.says(author, "Большой город", "A big city")
    await scene.press(author, "tell-contact-return", "button-back", "tell-contact-silent", "tell-licence-agree")
    await scene.says(author, "И ещё одно.", "One more thing.")
    await scene.press(author, "tell-change-name", "tell-name-own", "button-back", "tell-name-nobody", "tell-send")


async def questionnaire(scene: Scene) -> None:
    author = scene.script.follow(scene.author)
    await scene.script.says(author, "/story")
    await scene.press(author, "tell-begin")
    await scene.script.presses(author, scene.words("Интервью", "An interview"))
    await scene.press(author, "tell-skip-question")
    await scene.says(author, "Той весной я перестала спать по ночам.", "That spring I stopped sleeping at night.")
    await scene.press(author, "tell-pause", "tell-keep-week", "tell-pause-back", "tell-next")
    await scene.says(author, "Я вышла на площадь.", "I went out to the square.")
    await scene.press(author, "tell-overview")
    await scene.script.presses(author, scene.words("О себе", "About me"))
    await scene.says(author, "Мне за сорок.", "I am over forty.")
    await scene.press(author, "tell-overview")
    await scene.script.presses(author, scene.words("О чём умолчать", "What to leave out"))
    await scene.says(author, "Не пишите, что я учительница.", "Leave out that I am a teacher.")
    await scene.press(author, "tell-done", "tell-name-nobody", "topic-protest", "tell-region-skip")
    await scene.press(author, "tell-contact-never", "tell-licence-agree", "tell-send")


async def discarding(scene: Scene) -> None:
    author = scene.script.follow(scene.author)
    await scene.script.says(author, "/start")
    await scene.script.says(author, scene.story * 4)
    await scene.press(author, "tell-begun-keep", "button-back", "tell-begun-keep", "tell-begin")
    await scene.script.says(author, "/mine")
    await scene.press(author, "tell-pause", "tell-keep-week", "tell-discard", "tell-discard-yes")


async def mine(scene: Scene) -> None:
    await scene.submitted()
    author = scene.script.follow(scene.author)
    await scene.script.says(author, "/mine")
    await scene.script.presses(author, "1")
    await scene.press(author, "mine-add")
    await scene.says(author, "Нас было трое.", "There were three of us.")
    await scene.press(author, "button-back", "mine-contact", "contact-to-return")
    await scene.press(author, "consent-withdraw", "withdraw-no", "consent-withdraw", "withdraw-yes")
    await scene.script.says(author, "/mine")


async def replying(scene: Scene) -> None:
    await scene.submitted()
    await scene.cast.open_card(scene.anna)
    await scene.quietly(scene.anna, "desk-ask")
    author = scene.script.follow(scene.author)
    await scene.anna.says(scene.words("В каком месяце это было?", "Which month was it?"))
    await scene.press(author, "notice-question-open", "question-later")
    await scene.script.says(author, "/mine")
    await scene.script.presses(author, "1")
    await scene.press(author, "mine-reply")
    await scene.script.says(author, scene.words("В марте.", "In March."))
    await scene.press(author, "notice-question-open")


async def consenting(scene: Scene) -> None:
    await scene.submitted()
    await scene.cast.open_card(scene.boris)
    author = scene.script.follow(scene.author)
    await scene.quietly(scene.boris, "desk-offer")
    await scene.press(author, "notice-consent-open", "consent-changes")
    await scene.script.says(author, scene.words("Уберите слово «площадь».", "Leave out “empty”."))
    await scene.cast.open_card(scene.boris)
    await scene.quietly(scene.boris, "desk-offer")
    await scene.press(author, "notice-consent-open", "consent-agree")
    await scene.script.says(author, "/mine")
    await scene.script.presses(author, "1")
    for editor in (scene.anna, scene.boris):
        await scene.cast.open_card(editor)
        await scene.quietly(editor, "desk-approve")
    await scene.released()
    await scene.script.says(author, "/mine")
    await scene.script.presses(author, "1")


async def comparing(scene: Scene) -> None:
    """Consent to a text that was changed, and once more to one that was changed again."""
    await scene.submitted()
    await scene.rewritten("Весной мы вышли на улицу с листами бумаги.", "In spring we went out with sheets of paper.")
    author = scene.script.follow(scene.author)
    await scene.cast.open_card(scene.boris)
    await scene.quietly(scene.boris, "desk-offer")
    await scene.press(author, "notice-consent-open", "consent-agree")
    scene.script.note(scene.words("редактор правит ещё раз", "an editor edits once more"))
    await scene.rewritten("Весной мы вышли на улицу.", "In spring we went out.")
    await scene.cast.open_card(scene.boris)
    await scene.quietly(scene.boris, "desk-offer")
    await scene.press(author, "notice-consent-open", "consent-later")


async def deleting(scene: Scene) -> None:
    await scene.published()
    await scene.submitted()
    author = scene.script.follow(scene.author)
    await scene.script.says(author, "/delete")
    await scene.press(author, "delete-yes")


SCENES = (telling, questionnaire, discarding, mine, replying, consenting, comparing, deleting)
