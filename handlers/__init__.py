"""Everything that people can do here: the flows, the commands, what decisions do, timers and jobs. One list."""

from __future__ import annotations

from pathlib import Path

from bot.flows.flow import Command
from bot.flows.program import JobKind, Program
from bot.media.job import FETCH
from bot.texts.fluent import msg
from handlers import home, retention, upkeep
from handlers.contributors import consenting, deleting, mine, replies, submission, withdrawal
from handlers.contributors.telling.flow import TELLING
from handlers.editors import decisions, desk, enrolling, rewriting
from handlers.policy import WIPE_SECONDS
from handlers.publication import publish
from handlers.subscribers import leaving, reading
from storage.broadcasts import BROADCAST_JOB

LOCALES = Path(__file__).parent / "locales"
"""Everything the newsroom says."""


def newsroom(fetch: JobKind) -> Program:
    """`fetch` brings photos in; the roof has its sandbox."""
    return Program(
        home=home.HOME,
        flows=(
            home.HOME_FLOW,
            TELLING,
            mine.MINE,
            replies.REPLYING,
            consenting.CONSENTING,
            deleting.DELETING,
            reading.READING,
            desk.DESK,
            rewriting.REWRITING,
        ),
        commands=(
            Command(name="start", run=home.start, menu=msg("menu-start")),
            Command(name="story", run=home.tell, menu=msg("menu-story")),
            Command(name="mine", run=mine.open_mine, menu=msg("menu-mine")),
            Command(name="read_stories", run=reading.open_reading, menu=msg("menu-read")),
            Command(name="delete", run=deleting.open_deletion, menu=msg("menu-delete")),
            Command(name="help", run=home.help_me, menu=msg("menu-help"), interrupts=True),
            Command(name="leave", run=reading.leave_now, interrupts=True),
            Command(name="read", run=reading.read_now, interrupts=True),
            Command(name="question", run=replies.open_question),
            Command(name="consent", run=consenting.open_consent),
            Command(name="enrol", run=enrolling.enrol_me, interrupts=True),
        ),
        effects={
            submission.Submit: submission.submit,
            submission.KeepFile: submission.keep_file,
            submission.DropFiles: submission.drop_files,
            replies.AnswerQuestion: replies.answer_question,
            consenting.Agree: consenting.agree,
            consenting.AskForChanges: consenting.ask_for_changes,
            withdrawal.Withdraw: withdrawal.withdraw,
            withdrawal.DeleteEverything: withdrawal.delete_everything,
            reading.Join: reading.join,
            reading.Leave: reading.leave,
            reading.ReadOn: reading.read_on,
            decisions.AskAuthor: decisions.ask_author,
            decisions.SaveVersion: decisions.save_version,
            decisions.Offer: decisions.offer,
            decisions.Approve: decisions.approve,
            decisions.Reject: decisions.reject,
            enrolling.Enrol: enrolling.enrol,
        },
        timers={upkeep.WIPE: upkeep.wipe, upkeep.SWEEP: upkeep.order_sweep, retention.RETIRE: retention.retire},
        standing=(upkeep.WIPE, upkeep.SWEEP),
        jobs={FETCH: fetch, upkeep.SWEEP: upkeep.sweep, BROADCAST_JOB: publish.broadcast_job},
        gone=leaving.stop_reading,
        wipe_after=WIPE_SECONDS,
    )
