"""Roles and deeds, in full: every step for editors, every decision, for everybody who may try.

What is expected stands here by itself; what is tried comes from the program: nothing new goes unasked.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, get_type_hints

import msgspec
import pytest

import handlers
from bot.flows.conversation import load, save
from bot.flows.flow import Answer, Audience, Outcome, Stay, Step, Wrote
from bot.flows.program import Program
from bot.flows.testing import Person, Stage
from bot.flows.turn import Turn
from handlers.editors import enrolling, proving
from handlers.editors.roles import RULES
from handlers.editors.rules import DECISIONS, STEPS
from storage.address import Account
from storage.codec import encode
from storage.private import Private
from storage.role import Role
from storage.second_factors import Tried
from storage.story import PairKind
from storage.vault.totp import TimeStep, code_of
from tests.integration.engine.two_desks import no_files
from tests.integration.flows.people import STORY, Cast, enrol, labels
from tests.integration.flows.test_second_factor import SECRET

pytestmark = pytest.mark.parametrize("manner", ["matrix"])

PROGRAM = handlers.newsroom(no_files)
TRANSLATOR_GOES = {
    "queue": {"list", "topics", "figures"},
    "desk": {
        "desk",
        "more",
        "read",
        "photos",
        "exchange",
        "versions",
        "version",
        "changes",
        "note",
        "cut",
        "cut-check",
    },
    "rewriting": {"which", "text"},
    "release": {"release"},
    "steering": {"steering"},
}
"""Where a translator may be; everywhere else at work only editors and admins."""
TRANSLATOR_DOES = {"SaveVersion", "KeepNote", "ShowPicture"}
"""What a translator may do."""
ADMIN_ONLY = {"roster", "ChangeRole", "Forget"}
"""Flows and decisions."""
CALM = re.compile(r"refused: (\w+; )?flow=[a-z_]+ step=[a-z-]+|refused: not an editor any more.*flow=[a-z_]+")
BEGIN, END = "<!-- handlers/editors/roles.py -->", "<!-- end of roles -->"
README = Path(__file__).parents[3] / "README.md"


def test_every_step_and_every_decision_has_a_rule(manner: str) -> None:
    assert manner
    at_work = [flow for flow in PROGRAM.flows if flow.audience is Audience.EDITORS]
    assert set(STEPS) == {(flow.name, step.name) for flow in at_work for step in flow.steps}
    editorial = ("handlers.editors.", "handlers.letters.", "handlers.publication.")
    wanted = {kind for kind in PROGRAM.effects if kind.__module__.startswith(editorial)}
    wanted -= {enrolling.Enrol, proving.Prove}  # of whoever is not let in yet
    assert set(DECISIONS) == wanted
    assert set(RULES) == {*STEPS.values(), *DECISIONS.values()}


def test_the_table_in_the_readme_is_the_one_that_counts(manner: str) -> None:
    assert manner
    lines = ["| | admin | editor | translator |", "|---|---|---|---|"]
    for rule in RULES.values():
        marks = " | ".join("yes" if role in rule.roles else "" for role in Role)
        lines.append(f"| {rule.what} | {marks} |")
    before, _, rest = README.read_text("utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    right = "\n".join([before + BEGIN, *lines, END + after])
    if os.environ.get("UPDATE_GOLDEN"):
        README.write_text(right, "utf-8")
    assert README.read_text("utf-8") == right


@pytest.mark.parametrize("role", Role)
async def test_each_role_gets_as_far_as_it_may(stage: Stage, role: Role, caplog: pytest.LogCaptureFixture) -> None:
    vera = await enrol(stage, "vera", role)
    await prove(vera)
    await vera.says("/queue")
    for flow, step in STEPS:
        await stand(vera, flow, step)
        caplog.clear()
        await vera.says("что-нибудь")
        is_open = role is Role.ADMIN or flow not in ADMIN_ONLY
        if role is Role.TRANSLATOR:
            is_open = step in TRANSLATOR_GOES.get(flow, set())
        assert refusals(caplog) == [] if is_open else set(refusals(caplog)) == {f"refused: flow={flow} step={step}"}
        assert ("спросите администратора" in vera.last.text.text) is not is_open


async def test_each_decision_is_for_those_who_may(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    done: list[type] = []
    stage._newsroom = lambda: deciding(PROGRAM, done)
    stage.restart()
    people = {role.value: await enrol(stage, role.value, role) for role in Role}
    await prove(people["admin"])
    people["former"] = await enrol(stage, "former")
    people["outside"] = await enrol(stage, "outside")
    people["stranger"] = stage.person("stranger")
    stage.admit("editors", people["stranger"])
    stage.adapter.members["editors"].remove("outside")
    async with stage.store.write() as tx:
        (gone,) = [one.id for one in await tx.editors.all() if one.name.reveal() == "former"]
        await tx.editors.remove(gone)
    for name, person in people.items():
        await person.says("/start")
        for number, kind in enumerate(DECISIONS):
            await stand(person, "desk", "desk")
            caplog.clear()
            done.clear()
            await person.says(f"решаю {number}")
            may = name == "admin" or (name == "editor" and kind.__name__ not in ADMIN_ONLY)
            may = may or (name == "translator" and kind.__name__ in TRANSLATOR_DOES)
            assert done == ([kind] if may else []), f"{name} {kind.__name__}"
            assert bool(refusals(caplog)) is not may
            assert all(CALM.fullmatch(line) for line in refusals(caplog))


async def test_a_translator_reads_and_writes_and_is_offered_nothing_else(stage: Stage, cast: Cast) -> None:
    vera = await enrol(stage, "vera", Role.TRANSLATOR)
    await cast.submit(cast.author)
    await cast.open_card(vera)
    assert labels(vera) == ["Читать", "Править", "Записать заметку", "Вырезать фрагмент", "Закрыть"]
    await vera.presses("Править")
    await vera.says("Другие слова.")
    await vera.presses("Сохранить версию")
    assert await cast.text() == "Другие слова."


async def test_who_is_made_a_translator_stops_deciding_at_once(stage: Stage, cast: Cast) -> None:
    anna, boris = await cast.editors()
    await cast.agree(cast.author, anna)
    await cast.open_card(boris)
    async with stage.store.write() as tx:
        (found,) = [one.id for one in await tx.editors.all() if one.name.reveal() == "boris"]
        await tx.editors.change(found, role=Role.TRANSLATOR)
    await boris.presses("Одобрить")
    await cast.open_card(anna)
    await anna.expects("0 из 2")


async def test_a_tap_that_is_repeated_decides_nothing_twice(stage: Stage, cast: Cast) -> None:
    anna, _ = await cast.editors()
    await cast.agree(cast.author, anna)
    await cast.open_card(anna)
    token = getattr(anna.last.button("Одобрить"), "token", "")
    await anna.taps_token(token)
    async with stage.store.read() as tx:
        before = (await tx.audit.last(100), await tx.stories.approvers(await cast.story()))
    await anna.taps_token(token)
    async with stage.store.read() as tx:
        assert (await tx.audit.last(100), await tx.stories.approvers(await cast.story())) == before


async def prove(person: Person) -> None:
    """With a code of the second factor, just now: that it is asked for is another test's business."""
    async with person.stage.store.write() as tx:
        account = Account(platform=person.platform, person=Private(person.name))
        editor = await tx.editors.find(account)
        assert editor is not None
        await tx.second_factors.enrol(editor.id, SECRET, TimeStep(0))
        code = code_of(SECRET, TimeStep(tx.now // 30))
        assert await tx.second_factors.try_code(editor.id, account, code) is Tried.RIGHT


async def stand(person: Person, flow: str, step: str) -> None:
    """The chat stands there, however it may have got there."""
    stage, draft = person.stage, PROGRAM.flow(flow).draft()
    async with stage.store.write() as tx:
        chat = tx.messages.chat_hash(stage.address(person.name))
        stored, conversation = await load(tx, chat)
        assert conversation is not None
        there = msgspec.structs.replace(conversation, flow=flow, step=step, draft=encode(draft), trail=())
        await save(tx, chat, there, stored, fresh_key=False)


def deciding(program: Program, done: list[type]) -> Program:
    """At its desk a number decides something, whatever is offered; what is decided is only written down."""

    def answer(_draft: Any, _view: Any, said: Answer) -> Outcome:
        assert isinstance(said, Wrote)
        return Stay(effects=(sample(list(DECISIONS)[int(said.text.reveal().split()[1])]),), quiet=True)

    def prompts(step: Step[Any, Any]) -> Step[Any, Any]:
        return replace(step, answer=answer) if step.name == "desk" else step

    async def write_down(_turn: Turn, effect: object) -> None:
        done.append(type(effect))

    flows = tuple(
        replace(flow, steps=tuple(prompts(step) for step in flow.steps)) if flow.name == "desk" else flow
        for flow in program.flows
    )
    return replace(program, flows=flows, effects=dict(program.effects) | dict.fromkeys(DECISIONS, write_down))


def sample(kind: type) -> object:
    values: dict[Any, object] = {Private[str]: Private(STORY), int: 1, bool: False, str: "", Role: Role.EDITOR}
    values[PairKind] = PairKind.ORIGINALS
    hints = get_type_hints(kind)
    return kind(**{name: values.get(hint, b"0" * 16) for name, hint in hints.items()})


def refusals(caplog: pytest.LogCaptureFixture) -> list[str]:
    said: Iterable[str] = caplog.messages
    assert STORY not in caplog.text
    return [line for line in said if line.startswith("refused")]
