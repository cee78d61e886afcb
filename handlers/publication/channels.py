"""A published story in the channels of its language: put there, corrected where it stands, taken down. What is so old
that we don't know its messages any more gets a note.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.flows.turn import Turn
from bot.texts.fluent import Language, Message, msg
from bot.texts.rich import Rich
from handlers.publication.page import caption_of, load_page
from handlers.publication.publish import published_pieces
from storage.address import Address
from storage.ids import AnchorId, new_id
from storage.messages import ANCHOR_DAYS
from storage.story import Posted, Story


async def put_up(turn: Turn, story: Story) -> tuple[Posted, ...]:
    """Photos first, so that the text stands under them in one go. Returns what is to be kept in `Details.posts`."""
    page = await load_page(turn.tx, story)
    posts: list[Posted] = []
    for channel in turn.rooms.channels.get(story.language, ()):
        pieces = await published_pieces(turn, story, channel.platform)
        for photo in page.photos:
            posts.append(_post(channel, piece=False))
            await turn.show(channel, caption_of(photo), media=photo, anchor=posts[-1].anchor)
        for piece in pieces:
            posts.append(_post(channel, piece=True))
            await turn.show(channel, piece, anchor=posts[-1].anchor, silent=piece is not pieces[0])
    return tuple(posts)


async def correct(turn: Turn, story: Story) -> tuple[Posted, ...]:
    """The text as it is now, in the messages that stand there; one is added or deleted where their number changes."""
    if not is_in_reach(story, turn.tx.work.today):
        await _note(turn, story, msg("channel-corrected-late", day=story.since))
        return story.details.posts
    kept: list[Posted] = []
    for channel in _channels(story):
        pieces = await published_pieces(turn, story, channel.platform)
        here = [post for post in story.details.posts if post.channel == channel]
        kept += [post for post in here if not post.piece]
        kept += await _correct_text(turn, channel, [post for post in here if post.piece], pieces)
    return tuple(kept)


async def _correct_text(turn: Turn, channel: Address, posts: Sequence[Posted], pieces: Sequence[Rich]) -> list[Posted]:
    for post in posts[len(pieces) :]:
        await turn.erase(channel, post.anchor, instead=Rich.plain("…"))
    standing = [*posts[: len(pieces)], *(_post(channel, piece=True) for _ in pieces[len(posts) :])]
    for post, piece in zip(standing, pieces, strict=True):
        await turn.show(channel, piece, anchor=post.anchor)
    return standing


async def take_down(turn: Turn, story: Story) -> None:
    """Deleted; what the platform does not let us delete says that it was withdrawn."""
    if not is_in_reach(story, turn.tx.work.today):
        await _note(turn, story, msg("channel-withdrawn-late", day=story.since))
        return
    for post in story.details.posts:
        gone = turn.words(post.channel.platform, Language(story.language), msg("channel-withdrawn"))
        await turn.erase(post.channel, post.anchor, instead=gone)


def is_in_reach(story: Story, today: date) -> bool:
    """Whether its messages can still be edited and deleted by us: later we don't know them any more."""
    return (today - story.since).days < ANCHOR_DAYS


async def _note(turn: Turn, story: Story, words: Message) -> None:
    """It names the story by its day only: what is withdrawn must not be told of anew."""
    for channel in _channels(story):
        await turn.show(channel, turn.words(channel.platform, Language(story.language), words))


def _channels(story: Story) -> tuple[Address, ...]:
    return tuple(dict.fromkeys(post.channel for post in story.details.posts))


def _post(channel: Address, *, piece: bool) -> Posted:
    return Posted(channel=channel, anchor=AnchorId(new_id()), piece=piece)
