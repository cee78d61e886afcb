"""The same journey in English, with an album, the author's own wishes, and a reader of that language."""

from __future__ import annotations

from bot.flows.testing import Stage
from tests.integration.flows.people import Cast, details, photo


async def test_an_english_story_travels(stage: Stage, cast: Cast) -> None:
    author, reader = stage.person("author", language="en-GB"), stage.person("reader", language="en")
    anna, boris = await cast.editors()
    await reader.says("/read_stories")
    await reader.presses("English")
    await reader.expects("You are subscribed to stories.")

    await author.says("Hello")
    await author.presses("Tell a story")
    await author.reads("First, honestly: what you risk")
    await author.presses("I understand, begin")
    await author.says("In spring we went out with empty sheets of paper.")
    for caption in ("Our square.", ""):
        await author.sends_photo(photo(), caption)
    await author.expects("2 photos are attached")
    await author.presses("Done")
    await author.says("An empty square in spring.")
    await author.presses("Skip")
    await author.presses("With my name")
    await author.says("Ann O’Nymous")
    await details(author)
    await author.expects("2 photos go with the text")
    await author.presses("Send")
    await author.expects("Your story is sent")

    await cast.open_card(anna)
    await anna.presses("Спросить автора")
    await anna.says("Where was it?")
    await author.presses("Read the question")
    await author.expects("The editors write to you:")
    await author.says("In a town on the Volga.")
    await cast.open_card(anna)
    await anna.presses("Отправить автору")
    await author.presses("Read the text")
    await author.reads("Told by Ann O’Nymous")
    await author.presses("Ask for changes")
    await author.says("No photos of faces, please.")
    await cast.open_card(anna)
    await anna.expects("No photos of faces")
    await anna.presses("Отправить автору")
    await author.presses("Read the text")
    await author.presses("I agree")
    await author.expects("two editors must approve it")
    for editor in (anna, boris):
        await cast.open_card(editor)
        await editor.presses("Одобрить")
    await cast.release(anna, boris)

    await author.reads("Your story is published")
    assert "empty sheets" in stage.sees("channel-en")[-1].text.text
    assert stage.sees("channel-ru") == []
    await reader.reads("empty sheets")
    await reader.presses("Read on")
    assert reader.last.photo is not None
    await reader.presses("Leave")
    await reader.expects("You have left")
