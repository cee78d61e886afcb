"""What editors see: the queue, the desk, the release, corrections."""

from __future__ import annotations

from handlers.broadcasting.titles import STORY
from handlers.policy import PROGRESS_SECONDS
from tests.integration.flows.people import subscribe
from tests.integration.flows.scenes.scene import Scene


async def queueing(scene: Scene) -> None:
    await scene.submitted(topic="topic-war")
    scene.a_day_passes()
    await scene.submitted(topic="topic-protest")
    anna = scene.script.follow(scene.anna)
    await scene.script.says(anna, "/queue")
    await scene.press(anna, "queue-by-topic", "topic-war")
    await scene.script.presses(anna, scene.words("Берёза", "Берёза"))
    await scene.press(anna, "desk-claim", "desk-to-queue", "queue-mine", "queue-all")
    await scene.says(anna, "осина", "aspen")
    await scene.press(anna, "queue-all", "queue-figures", "button-back", "desk-close")


async def desk(scene: Scene) -> None:
    await scene.submitted()
    anna = scene.script.follow(scene.anna)
    await scene.cast.open_card(anna)
    await scene.press(anna, "desk-read", "button-back", "desk-ask")
    await scene.script.says(anna, scene.words("В каком месяце это было?", "Which month was it?"))
    await scene.press(anna, "desk-offer", "desk-again")
    await scene.quietly(scene.author, "notice-consent-open", "consent-agree")
    scene.script.note(scene.words("автор согласился", "the author has agreed"))
    await scene.cast.open_card(anna)
    await scene.press(anna, "desk-approve", "desk-again")
    await scene.cast.open_card(scene.boris)
    await scene.quietly(scene.boris, "desk-approve")
    await scene.script.aside(scene.released())
    scene.script.note(scene.words("история вышла", "the story is out"))
    await scene.press(anna, "desk-reject")
    await scene.press(anna, "desk-again", "desk-close")


async def writing(scene: Scene) -> None:
    """Notes, handing over, versions, cutting."""
    await scene.submitted()
    anna = scene.script.follow(scene.anna)
    await scene.cast.open_card(anna)
    await scene.press(anna, "desk-claim")
    if any(scene.label("desk-more") in button.label for row in anna.last.buttons for button in row):
        await scene.press(anna, "desk-more")
    await scene.press(anna, "desk-write-note")
    await scene.says(anna, "Сверить месяц.", "Check the month.")
    await scene.press(anna, "desk-more", "desk-cut")
    await scene.says(anna, "на площадь", "with empty sheets")
    await scene.press(anna, "edit-save", "desk-more", "desk-versions")
    await scene.script.presses(anna, "2")
    await scene.press(anna, "version-against-last", "button-back", "button-back", "button-back")
    await scene.press(anna, "desk-hand")
    await scene.script.presses(anna, "boris")


async def rejecting(scene: Scene) -> None:
    await scene.submitted()
    anna = scene.script.follow(scene.anna)
    await scene.cast.open_card(anna)
    await scene.press(anna, "desk-reject", "reject-little", "reject-other")
    await scene.says(anna, "Об этом мы уже писали.", "We have written about this before.")
    await scene.press(anna, "reject-yes")
    scene.script.note(scene.words("у автора", "the author sees"))
    author = scene.script.follow(scene.author)
    await scene.press(author, "notice-decided-open")


async def rewriting(scene: Scene) -> None:
    await scene.submitted()
    anna = scene.script.follow(scene.anna)
    await scene.cast.open_card(anna)
    await scene.press(anna, "desk-edit")
    await scene.script.says(anna, scene.words("Весной мы вышли на улицу.", "In spring we went out."))
    await scene.press(anna, "edit-discard")
    await scene.cast.open_card(anna)
    await scene.press(anna, "desk-edit")
    await scene.script.says(anna, scene.words("Весной мы вышли.", "In spring we left."))
    await scene.press(anna, "edit-save")


async def releasing(scene: Scene) -> None:
    await scene.approved()
    anna = scene.script.follow(scene.anna)
    await scene.cast.open_card(anna)
    await scene.press(anna, "desk-release", "release-other-time")
    await scene.says(anna, "завтра", "tomorrow")
    await scene.script.says(anna, "5.03 18:30")
    await scene.press(anna, "release-today")
    await scene.cast.open_card(scene.boris)
    await scene.quietly(scene.boris, "desk-release", "release-today")
    scene.script.note(scene.words("второй редактор просит о том же", "the other editor asks for the same"))
    await scene.cast.open_card(anna)
    await scene.press(anna, "desk-release")


async def correcting(scene: Scene) -> None:
    await scene.published()
    anna = scene.script.follow(scene.anna)
    await scene.cast.open_card(anna)
    await scene.press(anna, "desk-release", "release-correct", "correct-passage")
    await scene.says(anna, "с пустыми листами", "with empty sheets")
    await scene.says(anna, "с чистыми листами", "with blank sheets")
    await scene.press(anna, "correct-meaning")
    scene.script.note(scene.words("у автора", "the author sees"))
    author = scene.script.follow(scene.author)
    await scene.press(author, "notice-correction-open", "consent-agree")
    scene.script.note(scene.words("у другого редактора", "the other editor sees"))
    boris = scene.script.follow(scene.boris)
    await scene.cast.open_card(boris)
    await scene.press(boris, "desk-release", "correction-open", "correction-confirm")


async def retracting(scene: Scene) -> None:
    await scene.published()
    author = scene.script.follow(scene.author)
    await scene.script.says(author, "/mine")
    await scene.script.presses(author, "1")
    await scene.press(author, "mine-take-down", "take-down-yes")
    scene.script.note(scene.words("у редактора", "an editor sees"))
    anna = scene.script.follow(scene.anna)
    await scene.cast.open_card(anna)
    await scene.press(anna, "desk-release", "release-retract", "retract-yes")


async def blocking(scene: Scene) -> None:
    """Nothing new is taken from an author; how that reads at both ends."""
    await scene.submitted()
    anna = scene.script.follow(scene.anna)
    await scene.cast.open_card(anna)
    await scene.script.aside(scene.quietly(anna, "desk-more"))
    await scene.press(anna, "desk-block")
    await scene.script.presses(anna, "7")
    scene.script.note(scene.words("у автора", "the author sees"))
    author = scene.script.follow(scene.author)
    await scene.script.says(author, "/story")
    await scene.press(author, "button-back", "home-delete")


async def spreading(scene: Scene) -> None:
    """What the room sees of a broadcast until its end, and an editor who opens it in between."""
    people = [scene.cast.stage.person(name) for name in ("first", "second", "third")]
    for person in people:
        await subscribe(person, scene.words("Русский", "English"))
    scene.cast.stage.adapter.busy.update(("second", "third"))
    await scene.published()
    scene.script.watch("editors")
    await time_passes(scene)
    anna = scene.script.follow(scene.anna)
    await anna.opens("editors", "Управлять рассылкой", about="▓")
    await scene.press(anna, "broadcast-again", "broadcast-pause")
    await scene.script.presses(anna, scene.label("broadcast-cancel", kind=STORY))
    await scene.press(anna, "broadcast-cancel-no", "broadcast-resume")
    scene.script.watch("editors")
    scene.cast.stage.adapter.busy.clear()
    await people[2].says("/leave")
    await time_passes(scene)
    await time_passes(scene)


async def time_passes(scene: Scene) -> None:
    scene.clock.pass_(seconds=PROGRESS_SECONDS)
    await scene.cast.stage.settle()


SCENES = (queueing, desk, spreading, writing, rejecting, blocking, rewriting, releasing, correcting, retracting)
