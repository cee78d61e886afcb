"""What editors see besides: each other, files, authors who want no letters, looking for a story, the room itself."""

from __future__ import annotations

from bot.types import FileKind
from storage.vault.newsroom import draw
from tests.integration.flows.people import photo, subscribe
from tests.integration.flows.scenes.scene import Scene


async def sending_back(scene: Scene) -> None:
    await scene.submitted()
    anna = scene.script.follow(scene.anna)
    await scene.cast.open_card(anna)
    await scene.press(anna, "desk-more", "desk-return")
    await scene.says(anna, "Расскажите про тот день подробнее.", "Tell us more about that day.")
    scene.script.note(scene.words("у автора", "the author sees"))
    author = scene.script.follow(scene.author)
    await scene.press(author, "notice-question-open")
    await scene.says(author, "Было утро, и шёл снег.", "It was morning, and it snowed.")
    await scene.press(author, "question-done")
    scene.script.note(scene.words("у редактора", "the editor sees"))
    await scene.cast.open_card(scene.script.follow(scene.anna))


async def only_cutting(scene: Scene) -> None:
    """Of an author who wants no letters."""
    await scene.submitted(contact="tell-contact-never")
    anna = scene.script.follow(scene.anna)
    await scene.cast.open_card(anna)
    await scene.press(anna, "desk-cut")
    await scene.says(anna, "осина", "aspen")
    await scene.says(anna, "с пустыми листами", "with empty sheets")
    await scene.press(anna, "cut-other")
    await scene.says(anna, "с пустыми листами", "with empty sheets")
    await scene.press(anna, "edit-save", "desk-accept", "accept-yes", "desk-approve")
    await scene.cast.open_card(scene.boris)
    await scene.quietly(scene.boris, "desk-approve")
    scene.script.note(scene.words("второй редактор одобрил", "the other editor has approved"))
    await scene.cast.open_card(anna)
    scene.script.note(scene.words("у автора", "the author sees"))
    author = scene.script.follow(scene.author)
    await scene.script.says(author, "/mine")
    await scene.script.presses(author, "1")


async def one_section(scene: Scene) -> None:
    """Rewritten, while a colleague has saved another."""
    await scene.interviewed()
    anna = scene.script.follow(scene.anna)
    await scene.cast.open_card(anna)
    await scene.press(anna, "desk-edit")
    await scene.script.presses(anna, scene.words("Что изменилось", "What changed"))
    await scene.says(anna, "Той весной я ушла с работы.", "That spring I left my work.")
    await scene.cast.open_card(scene.boris)
    await scene.quietly(scene.boris, "desk-edit")
    await scene.boris.presses(scene.words("О себе", "About me"))
    await scene.boris.says(scene.words("Мне больше сорока.", "I am past forty."))
    await scene.quietly(scene.boris, "edit-save")
    await scene.press(anna, "edit-save", "edit-save-over", "desk-read")


async def files(scene: Scene) -> None:
    await scene.begun()
    await scene.author.says(scene.story)
    await scene.author.sends_photo(photo())
    await scene.author.sends_file(FileKind.VOICE, b"sound")
    await scene.quietly(scene.author, "tell-done")
    await scene.author.says(scene.words("Пустая площадь, снег.", "An empty square, snow."))
    await scene.sent()
    anna = scene.script.follow(scene.anna)
    await scene.cast.open_card(anna)
    await scene.press(anna, "desk-more", "desk-photos", "button-back", "desk-originals", "pair-ask")
    await scene.cast.open_card(scene.boris)
    await scene.quietly(scene.boris, "desk-more", "desk-originals", "pair-originals-agree")
    await scene.cast.open_card(anna)
    await scene.press(anna, "desk-more", "desk-originals", "pair-open", "button-back")


async def destroying(scene: Scene) -> None:
    """As the second of the two sees it."""
    await scene.submitted()
    await scene.cast.open_card(scene.anna)
    await scene.quietly(scene.anna, "desk-more", "desk-deletion", "pair-ask")
    boris = scene.script.follow(scene.boris)
    await scene.cast.open_card(boris)
    await scene.press(boris, "desk-more", "desk-deletion", "pair-deletion-agree")


async def exporting(scene: Scene) -> None:
    """A cold story, as the second of the two sees it."""
    stage = scene.cast.stage
    stage.store.newsroom = draw().key.public
    await scene.submitted()
    for _ in range(5):
        scene.a_day_passes()
        await stage.settle()
    await scene.cast.open_card(scene.anna)
    await scene.quietly(scene.anna, "desk-export", "pair-ask")
    boris = scene.script.follow(scene.boris)
    await scene.cast.open_card(boris)
    await scene.press(boris, "desk-export", "pair-export-agree", "pair-export-close")


async def searching(scene: Scene) -> None:
    await scene.submitted(topic="topic-war")
    anna = scene.script.follow(scene.anna)
    await scene.script.says(anna, "/search")
    await scene.says(anna, "осина", "aspen")
    await scene.says(anna, "война", "war")
    await scene.script.says(anna, scene.words("/search у редакторов", "/search editors"))


async def figures(scene: Scene) -> None:
    anna = scene.script.follow(scene.anna)
    await scene.script.says(anna, "/figures")
    for number in range(5):
        await subscribe(scene.cast.stage.person(f"reader{number}"))
    await scene.script.aside(scene.published())
    await scene.submitted()
    scene.script.note(scene.words("когда есть что считать", "when there is something to count"))
    await scene.script.says(anna, "/figures")


async def enrolling(scene: Scene) -> None:
    stage = scene.cast.stage
    vera = scene.script.follow(stage.person("vera", scene.language))
    stage.admit("editors", vera)
    async with stage.store.write() as tx:
        code = await tx.editors.new_code("vera")
    await scene.script.says(vera, "/enrol 1234")
    await scene.script.says(vera, f"/enrol {code}", shown="/enrol " + scene.words("(код)", "(code)"))
    await scene.script.says(vera, "/help")


async def room(scene: Scene) -> None:
    """The card in the editors' room, each time it changes."""
    scene.script.watch("editors")
    await scene.published()
    await scene.author.says("/mine")
    await scene.author.presses("1")
    await scene.quietly(scene.author, "mine-take-down", "take-down-yes")
    await scene.cast.open_card(scene.anna)
    await scene.quietly(scene.anna, "desk-release", "release-retract", "retract-yes")


SCENES = (sending_back, only_cutting, one_section, files, destroying, exporting, searching, figures, enrolling, room)
