"""The newsroom's templates: a greeting and a footer in each language. A letter takes over what they say then."""

from __future__ import annotations

from msgspec.structs import replace

from bot.flows.flow import Answer, Bubble, Go, Option, Outcome, Picked, Prompt, Stay, Step, Words, Wrote
from bot.flows.questions import back_row, rows
from bot.texts.fluent import msg
from bot.texts.rich import Rich
from handlers.languages import own_name
from handlers.letters.marked import said, wrong_marks
from handlers.letters.opened import Open
from handlers.letters.templates import DropTemplate, MakeTemplate, SaveTemplate
from handlers.letters.variables import VARIABLES, unknown_variable
from handlers.letters.view import View, change, decided, load, meanwhile
from handlers.policy import LONGEST_FRAME, LONGEST_NAME
from storage.ids import TemplateId, new_id
from storage.letter import Frame, Template
from storage.private import Private

_PARTS = ("greeting", "footer")


# ── for one letter ───────────────────────────────────────────────────────────────────────────────────────────────
def _ask_take(_draft: Open, view: View | None) -> Prompt:
    if view is None or view.draft is None:
        return decided()
    templates = [(f"take-{one.id.hex()}", Rich.plain(one.name.reveal())) for one in view.templates]
    without = rows(("without", msg("letter-template-without"))) if view.draft.details.template is not None else ()
    said = msg("letter-template-which" if templates else "letter-template-none")
    ways = without + rows(("templates", msg("letters-templates"))) + back_row()
    return Prompt(text=(said,), choices=rows(*templates) + ways)


def _answer_take(draft: Open, view: View | None, answer: Answer) -> Outcome:
    letter = view.draft if view is not None else None
    if view is None or letter is None:
        return meanwhile(draft, view, answer)
    match answer:
        case Picked("templates"):
            return Go("templates", draft)
        case Picked("without"):
            details = replace(letter.details, template=None, frames={})
            return Go("letter", draft, effects=(change(letter, details),))
        case Picked(value) if (template := _template(view, value.removeprefix("take-"))) is not None:
            details = replace(letter.details, template=template.name, frames=template.frames)
            return Go("letter", draft, notice=msg("letter-template-taken"), effects=(change(letter, details),))
    return meanwhile(draft, view, answer)


def _template(view: View, digits: str) -> Template | None:
    return next((one for one in view.templates if one.id.hex() == digits), None)


# ── all of them ──────────────────────────────────────────────────────────────────────────────────────────────────
def _ask_all(_draft: Open, view: View | None) -> Prompt:
    templates = view.templates if view is not None else ()
    shown = rows(*((one.id.hex(), Rich.plain(one.name.reveal())) for one in templates))
    return Prompt(
        text=(msg("templates-are", count=len(templates)), msg("templates-what")),
        choices=shown + rows(("name", msg("template-new"))) + back_row(),
    )


def _answer_all(draft: Open, view: View | None, answer: Answer) -> Outcome:
    match answer:
        case Picked("name"):
            return Go("name", draft)
        case Picked(value) if view is not None and (template := _template(view, value)) is not None:
            return Go("template-is", replace(draft, template=template.id))
    return meanwhile(draft, view, answer)


def _ask_name(_draft: Open, _view: View | None) -> Prompt:
    return Prompt(text=(msg("template-which-name"),), choices=back_row())


def _answer_name(draft: Open, view: View | None, answer: Answer) -> Outcome:
    match answer:
        case Wrote(text=text) if len(text.reveal()) > LONGEST_NAME:
            return Stay(notice=msg("letter-title-too-long", most=LONGEST_NAME))
        case Wrote(text=text):
            template = TemplateId(new_id())
            made = replace(draft, template=template)
            return Go("template-is", made, effects=(MakeTemplate(template=template, name=text),))
    return meanwhile(draft, view, answer)


# ── one ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def _open(draft: Open, view: View | None) -> Template | None:
    return _template(view, draft.template.hex()) if view is not None else None


def _ask_one(draft: Open, view: View | None) -> Prompt:
    template = _open(draft, view)
    if template is None or view is None:
        return Prompt(text=(msg("template-is-gone"),), choices=back_row())
    options = tuple(
        tuple(Option(f"{part}-{one}", msg(f"template-{part}", language=own_name(one))) for part in _PARTS)
        for one in view.languages
    )
    bubbles = tuple(_shown(view, template, language) for language in template.frames)
    choices = options + rows(("drop", msg("template-drop"))) + back_row()
    return Prompt(before=bubbles, text=(msg("template-is", name=template.name),), choices=choices)


def _shown(view: View, template: Template, language: str) -> Bubble:
    frame = template.frames[language]
    lines = (view.name(language), frame.greeting.reveal(), "…", frame.footer.reveal())
    return Bubble(text=Rich.plain("\n".join(line for line in lines if line)))


def _answer_one(draft: Open, view: View | None, answer: Answer) -> Outcome:
    template = _open(draft, view)
    if template is None or view is None:
        return meanwhile(draft, view, answer)
    match answer:
        case Picked("drop"):
            return Go("templates", draft, notice=msg("template-dropped"), effects=(DropTemplate(template=template.id),))
        case Picked(value) if "-" in value:
            part, _, language = value.partition("-")
            if part in _PARTS and language in view.languages:
                return Go("part", replace(draft, part=part, language=language))
    return meanwhile(draft, view, answer)


# ── its words ────────────────────────────────────────────────────────────────────────────────────────────────────
def _ask_part(draft: Open, view: View | None) -> Prompt:
    template = _open(draft, view)
    if template is None or view is None:
        return Prompt(text=(msg("template-is-gone"),), choices=back_row())
    how = msg("template-how", part=draft.part, language=view.name(draft.language))
    known = "\n".join(view.say(msg("template-variable", name=f"{{{name}}}", variable=name)) for name in VARIABLES)
    now = getattr(template.frames.get(draft.language, Frame()), draft.part)
    empty = rows(("empty", msg("template-empty"))) if now.reveal() else ()
    return Prompt(text=(how, Rich.plain(known)), choices=empty + back_row())


def _answer_part(draft: Open, view: View | None, answer: Answer) -> Outcome:
    template = _open(draft, view)
    if template is None or draft.part not in _PARTS:
        return meanwhile(draft, view, answer)
    match answer:
        case Picked("empty"):
            return _save(draft, template, Private(""))
        case Wrote():
            text = said(answer)
            problem = _problem(text)
            return Stay(notice=problem) if problem is not None else _save(draft, template, text)
    return meanwhile(draft, view, answer)


def _problem(text: Private[str]) -> Words | None:
    if len(text.reveal()) > LONGEST_FRAME:
        return msg("template-too-long", most=LONGEST_FRAME)
    unknown = unknown_variable(text.reveal())
    if unknown is not None:
        known = ", ".join(f"{{{name}}}" for name in VARIABLES)
        return msg("template-unknown", name=Private(f"{{{unknown}}}"), known=known)
    return wrong_marks(text)


def _save(draft: Open, template: Template, text: Private[str]) -> Outcome:
    frame = replace(template.frames.get(draft.language, Frame()), **{draft.part: text})
    frames = {language: one for language, one in template.frames.items() if language != draft.language}
    if frame != Frame():
        frames[draft.language] = frame
    effect = SaveTemplate(template=template.id, revision=template.revision, frames=frames)
    return Go("template-is", draft, notice=msg("template-saved"), effects=(effect,))


TAKE: Step[Open, View | None] = Step(name="template", load=load, ask=_ask_take, answer=_answer_take)
TEMPLATES: Step[Open, View | None] = Step(name="templates", load=load, ask=_ask_all, answer=_answer_all)
NAME: Step[Open, View | None] = Step(name="name", load=load, ask=_ask_name, answer=_answer_name)
TEMPLATE: Step[Open, View | None] = Step(name="template-is", load=load, ask=_ask_one, answer=_answer_one)
PART: Step[Open, View | None] = Step(name="part", load=load, ask=_ask_part, answer=_answer_part)
