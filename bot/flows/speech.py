"""From a prompt to the messages that a platform can show: language, length, buttons."""

from __future__ import annotations

from dataclasses import dataclass

from bot.flows.conversation import Asked, new_prompt_id
from bot.flows.flow import Bubble, Flow, Prompt, Words
from bot.texts.fluent import Language, Texts
from bot.texts.rich import Rich
from bot.texts.split import split
from bot.types import Capabilities, Choice, Content, FileKind, Media, Place, Show
from storage.ids import AnchorId

_PARAGRAPH = Rich.plain("\n\n")


@dataclass(frozen=True, kw_only=True)
class Speech:
    texts: Texts
    language: Language
    capabilities: Capabilities
    platform: str = ""

    def words(self, words: Words) -> Rich:
        return words if isinstance(words, Rich) else self.texts.say(self.language, words, self.platform)

    def messages(
        self, prompt: Prompt, notice: Words | None, flow: Flow[object], wipe_after: int, anchor: AnchorId
    ) -> tuple[Asked, list[Show]]:
        """The prompt with a fresh id, and its messages in order; the last one has the choices."""
        options = [option for row in prompt.choices for option in row]
        labels = tuple(self.words(option.label).text for option in options)
        asked = Asked(
            id=new_prompt_id(),
            values=tuple(option.value for option in options),
            labels=labels,
            weighty=tuple(option.value for option in options if option.weighty),
        )
        before, words = prompt.before, prompt.text
        if notice is not None and before:
            before = (Bubble(text=notice), *before)  # it says why all this is shown
        elif notice is not None:
            words = (notice, *words)
        shows = [
            self._show(Content(text=piece, media=bubble.media if first else None), flow, wipe_after)
            for bubble in before
            for first, piece in self._pieces(self.words(bubble.text), bubble.media)
        ]
        paragraphs = [self.words(paragraph) for paragraph in words]
        *early, (_, last) = self._pieces(Rich.join(_PARAGRAPH, paragraphs))
        shows += [self._show(Content(text=piece), flow, wipe_after) for _, piece in early]
        buttons, number = [], 0
        for row in prompt.choices:
            tokens = range(number, number + len(row))
            buttons.append(tuple(Choice(label=labels[place], token=asked.token(place)) for place in tokens))
            number += len(row)
        final = self._show(Content(text=last, buttons=tuple(buttons)), flow, wipe_after)
        if prompt.follow:
            final = Show(
                content=final.content,
                anchor=anchor,
                place=Place.BOTTOM,
                protect=final.protect,
                wipe_after=final.wipe_after,
            )
        return asked, [*shows, final]

    def _pieces(self, text: Rich, media: Media | None = None) -> list[tuple[bool, Rich]]:
        """(is it the first, piece): a text that is too long for one message, or for a caption, comes as several."""
        if media is not None and text.utf16_length <= self._caption_limit(media):
            return [(True, text)]
        pieces = split(text, self.capabilities.text_limit)
        if media is not None:
            return [(True, Rich()), *((False, piece) for piece in pieces)]
        return [(number == 0, piece) for number, piece in enumerate(pieces)]

    def _caption_limit(self, media: Media) -> int:
        """Nowhere has a video note a caption."""
        return 0 if media.kind is FileKind.VIDEO_NOTE else self.capabilities.caption_limit

    @staticmethod
    def _show(content: Content, flow: Flow[object], wipe_after: int) -> Show:
        return Show(content=content, protect=flow.protect, wipe_after=flow.wipe_after or wipe_after)
