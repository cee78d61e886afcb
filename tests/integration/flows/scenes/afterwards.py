"""What contributors see after sending: questions left unanswered, long changes, corrections, taking down."""

from __future__ import annotations

from tests.integration.flows.scenes.scene import Scene

WHEN = ("Когда это было?", "When was it?")
HOW_MANY = ("Сколько вас было?", "How many were you?")
_MONTHS = (
    ("январе", "January"),
    ("феврале", "February"),
    ("марте", "March"),
    ("апреле", "April"),
    ("мае", "May"),
    ("июне", "June"),
    ("июле", "July"),
    ("августе", "August"),
    ("сентябре", "September"),
    ("октябре", "October"),
    ("ноябре", "November"),
    ("декабре", "December"),
)


def a_year(scene: Scene, ru: str, en: str) -> str:
    """Twelve paragraphs: more than is shown at once of what changed."""
    return "\n".join(scene.words(f"В {russian} мы {ru}.", f"In {english} we {en}.") for russian, english in _MONTHS)


async def putting_off_deletion(scene: Scene) -> None:
    """A story that waits long: kept longer twice, and not a third time."""
    await scene.submitted()
    author = scene.script.follow(scene.author)
    await scene.script.says(author, "/mine")
    await scene.script.presses(author, "1")
    await scene.script.presses(author, "30")
    await scene.script.presses(author, "30")
    await scene.press(author, "mine-contact", "contact-to-never", "mine-contact", "contact-to-silent")


async def not_answering(scene: Scene) -> None:
    await scene.submitted()
    author = scene.script.follow(scene.author)
    await scene.asked(WHEN, HOW_MANY)
    await scene.press(author, "notice-question-open", "question-skip", "question-next", "question-skip")
    await scene.says(author, "Всё-таки скажу: трое.", "I will say it after all: three.")
    await scene.press(author, "question-done")


async def never_again(scene: Scene) -> None:
    await scene.submitted()
    await scene.asked(WHEN)
    author = scene.script.follow(scene.author)
    await scene.press(author, "notice-question-open", "question-never", "button-back", "question-never")
    await scene.press(author, "question-never-yes")
    await scene.script.says(author, "/mine")
    await scene.script.presses(author, "1")


async def many_changes(scene: Scene) -> None:
    await scene.submitted(a_year(scene, "ждали", "waited"))
    await scene.cast.open_card(scene.anna)
    await scene.quietly(scene.anna, "desk-edit")
    await scene.anna.says(a_year(scene, "молчали", "kept silent"))
    await scene.quietly(scene.anna, "edit-save")
    await scene.cast.open_card(scene.anna)
    author = scene.script.follow(scene.author)
    await scene.quietly(scene.anna, "desk-offer")
    await scene.press(author, "notice-consent-open", "consent-show-rest", "consent-later")
    await scene.script.says(author, "/start")
    await scene.press(author, "home-consent", "consent-withdraw", "withdraw-no")


async def correction_asked(scene: Scene) -> None:
    await scene.published()
    scene.script.follow(scene.author)
    await scene.cast.open_card(scene.anna)
    await scene.quietly(scene.anna, "desk-release", "release-correct", "correct-passage")
    await scene.anna.says(scene.words("с пустыми листами", "with empty sheets"))
    await scene.anna.says(scene.words("с чистыми листами", "with blank sheets"))
    await scene.quietly(scene.anna, "correct-meaning")


async def correction_agreed(scene: Scene) -> None:
    await correction_asked(scene)
    await scene.press(scene.author, "notice-correction-open", "consent-changes")
    await scene.says(scene.author, "Лучше «с белыми».", "Better “white”.")
    await scene.script.says(scene.author, "/mine")
    await scene.script.presses(scene.author, "1")
    await scene.press(scene.author, "mine-consent", "consent-agree")
    await scene.script.says(scene.author, "/mine")
    await scene.script.presses(scene.author, "1")


async def correction_declined(scene: Scene) -> None:
    await correction_asked(scene)
    await scene.press(scene.author, "notice-correction-open", "consent-decline", "notice-correction-open")


async def taking_down(scene: Scene) -> None:
    """Asked for with a reason; seen by its author, taken down, deleted."""
    await scene.published()
    author = scene.script.follow(scene.author)
    await scene.script.says(author, "/mine")
    await scene.script.presses(author, "1")
    await scene.press(author, "mine-take-down", "take-down-no", "mine-take-down")
    await scene.says(author, "Меня узнали по рассказу.", "I was recognised by the story.")
    await scene.cast.open_card(scene.anna)
    scene.script.note(scene.words("редактор снимает историю", "an editor takes the story down"))
    await scene.quietly(scene.anna, "desk-release", "release-retract", "retract-yes")
    await scene.script.says(author, "/mine")
    await scene.script.presses(author, "1")
    await scene.press(author, "mine-delete-now", "withdraw-yes-now")


async def rejected(scene: Scene) -> None:
    """And deleted at once."""
    await scene.submitted()
    author = scene.script.follow(scene.author)
    await scene.cast.open_card(scene.anna)
    await scene.quietly(scene.anna, "desk-reject", "reject-danger", "reject-yes")
    await scene.press(author, "notice-decided-open", "mine-delete-now", "withdraw-no", "mine-delete-now")
    await scene.press(author, "withdraw-yes-now")


async def own_data(scene: Scene) -> None:
    """All that is kept, as a file; over a draft as well."""
    await scene.submitted()
    author = scene.script.follow(scene.author)
    await scene.script.says(author, "/data")
    await scene.press(author, "data-yes")
    await scene.script.aside(scene.begun())
    await scene.script.aside(author.says(scene.story))
    await scene.script.says(author, "/data")
    await scene.press(author, "data-yes")


SCENES = (
    putting_off_deletion,
    not_answering,
    never_again,
    many_changes,
    correction_agreed,
    correction_declined,
    taking_down,
    rejected,
    own_data,
)
