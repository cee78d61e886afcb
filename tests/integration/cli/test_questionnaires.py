"""Questionnaires of one's own: what is wrong with one is said before anybody is asked anything."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from handlers.questionnaires.loading import SHIPPED
from tests.integration.cli.desk import Desk

CONFIG = '[newsroom]\nquestionnaires = "ours"'


def questionnaires(desk: Desk) -> Path:
    """A copy of those that are shipped; the file to break is returned."""
    for language in ("ru", "en"):
        shutil.copytree(SHIPPED / language, desk.folder / "ours" / language)
    return desk.folder / "ours" / "ru" / "interview.toml"


async def test_doctor_names_the_file_the_question_and_the_remedy(newsroom_desk: Desk) -> None:
    broken = questionnaires(newsroom_desk)
    newsroom_desk.config(CONFIG)
    lines = (await newsroom_desk.run("doctor")).out.splitlines()
    assert "✓ Questionnaires: ours" in lines
    broken.write_text(broken.read_text("utf-8").replace("ask =", "aks =", 1), "utf-8")
    lines = (await newsroom_desk.run("doctor")).out.splitlines()
    places = [number for number, line in enumerate(lines) if line == "✗ Questionnaires"]
    assert [lines[place + 1] for place in places] == [
        "  → ours/ru/interview.toml: question 1, aks: there is no such key: "
        "it may have id, title, ask, help, optional, for_editors; correct it.",
        "  → ours/ru/interview.toml: question 1, ask: is missing: write it there, in quotes.",
    ]


@pytest.mark.usefixtures("processes")
async def test_the_service_does_not_start_with_a_broken_one(newsroom_desk: Desk) -> None:
    broken = questionnaires(newsroom_desk)
    newsroom_desk.config(CONFIG)
    broken.unlink()
    broken.with_name("short.toml").write_text('title = "', "utf-8")
    broken.with_name("on_behalf.toml").unlink()
    done = await newsroom_desk.run("run")
    assert done.code == 2
    assert "ours/ru/short.toml: this is not TOML" in done.err


@pytest.mark.usefixtures("processes")
async def test_a_folder_that_is_not_there(newsroom_desk: Desk) -> None:
    newsroom_desk.config(CONFIG)
    done = await newsroom_desk.run("run")
    assert done.code == 2
    assert "ours/ru: there is no questionnaire: put one there, like short.toml." in done.err
