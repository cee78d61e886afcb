"""Everything that people can do here: the flows, the commands, what decisions do, timers and jobs. One list."""

from __future__ import annotations

from pathlib import Path

from bot.flows.flow import Audience, Command
from bot.flows.program import JobKind, Program
from bot.handles.listing import Listing
from bot.media.job import FETCH
from bot.texts.fluent import msg
from bot.working import work_job
from handlers import appearing, auditing, cold, cooling, handles, home, retention, tongue, upkeep
from handlers.auditing import Action, noted
from handlers.broadcasting import progress, titles
from handlers.contributors import (
    adding,
    agreeing,
    consenting,
    contacting,
    deleting,
    extending,
    mine,
    reminding,
    replies,
    submission,
    taking_down,
    wiping,
    withdrawal,
)
from handlers.contributors.receipts import answering, finding, found, issuing, moving, pasted, receipting, returning
from handlers.contributors.telling.flow import telling
from handlers.digests import due, rest
from handlers.digests.listing import REST_COMMAND
from handlers.digests.script import DIGEST, DigestScript
from handlers.editors import (
    accepting,
    blocking,
    card,
    claiming,
    decisions,
    desk,
    enrolling,
    following,
    pairs,
    picture,
    proving,
    queue,
    release,
    release_correcting,
    rewriting,
    roster,
    roster_changes,
    rules,
    steering,
    writing,
)
from handlers.editors.telling_admins import ROSTER_COMMAND
from handlers.letters import changing, deciding, previewing, readership, templates
from handlers.letters import copies as letter_copies
from handlers.letters import correcting as letter_correcting
from handlers.letters import retracting as letter_retracting
from handlers.letters.flow import LETTERS
from handlers.letters.listing import open_letters
from handlers.letters.sending import LetterScript
from handlers.letters.writing import WRITING
from handlers.own_data import asking, giving
from handlers.policy import WIPE_SECONDS
from handlers.publication import copies, correcting, publish, retracting, schedule, sources, times
from handlers.questionnaires.loading import shipped
from handlers.questionnaires.questionnaire import Questionnaires
from handlers.subscribers import inviting, latest, leaving, opening, reading, subscription, unlisting
from handlers.subscribers import letters as readers_letters

LOCALES = Path(__file__).parent / "locales"
"""Everything the newsroom says."""


def newsroom(
    fetch: JobKind, *, questionnaires: Questionnaires | None = None, listing: Listing | None = None
) -> Program:
    """`fetch` brings files in; the roof has its sandbox. Without `questionnaires`: those that are shipped. `listing`:
    the signed list of our own accounts.
    """
    return Program(
        home=home.HOME,
        flows=(
            home.HOME_FLOW,
            telling(questionnaires or shipped()),
            mine.MINE,
            replies.REPLYING,
            consenting.CONSENTING,
            deleting.DELETING,
            asking.DATA,
            receipting.RECEIPTING,
            returning.RETURNING,
            reading.READING,
            latest.LATEST,
            tongue.TALKING,
            desk.DESK,
            rewriting.REWRITING,
            queue.QUEUE,
            LETTERS,
            WRITING,
            release.RELEASE,
            release_correcting.CORRECTING,
            roster.ROSTER,
            steering.STEERING,
        ),
        commands=(
            Command(name="start", run=home.start, menu=msg("menu-start")),
            Command(name="come", run=home.come),
            Command(name="story", run=home.tell, menu=msg("menu-story")),
            Command(name="mine", run=mine.open_mine, menu=msg("menu-mine")),
            Command(name="read_stories", run=reading.open_reading, menu=msg("menu-read")),
            Command(name="stories", run=latest.open_latest, menu=msg("menu-latest")),
            Command(name="receipt", run=returning.open_returning, menu=msg("menu-receipt")),
            Command(name="keep", run=moving.keep_here, interrupts=True),
            Command(name="language", run=tongue.open_talking, menu=msg("menu-language")),
            Command(name="data", run=asking.open_data, menu=msg("menu-data"), interrupts=True, weighty=True),
            Command(name="delete", run=deleting.open_deletion, menu=msg("menu-delete"), interrupts=True, weighty=True),
            Command(name="help", run=home.help_me, menu=msg("menu-help"), interrupts=True),
            Command(name="official", run=handles.official(listing), menu=msg("menu-official"), interrupts=True),
            Command(name="leave", run=unlisting.leave_now, interrupts=True),
            Command(name=unlisting.UNLIST_COMMAND, run=unlisting.unlist_now, interrupts=True),
            Command(name=inviting.INVITED_COMMAND, run=inviting.accept),
            Command(name="read", run=opening.read_now, interrupts=True),
            Command(name=REST_COMMAND, run=rest.more_stories, interrupts=True),
            Command(name="letter", run=readers_letters.read_letter_now, interrupts=True),
            Command(name="question", run=replies.open_question),
            Command(name="consent", run=consenting.open_consent),
            Command(name="queue", run=queue.open_queue, menu=msg("menu-queue"), audience=Audience.EDITORS),
            Command(name="search", run=queue.open_search, menu=msg("menu-search"), audience=Audience.EDITORS),
            Command(name="figures", run=queue.open_figures, menu=msg("menu-figures"), audience=Audience.EDITORS),
            Command(name="letters", run=open_letters, menu=msg("menu-letters"), audience=Audience.EDITORS),
            Command(
                name=previewing.TEST_COMMAND, run=previewing.read_test_now, audience=Audience.EDITORS, interrupts=True
            ),
            Command(
                name=previewing.PREVIEW_COMMAND, run=previewing.say_preview, audience=Audience.EDITORS, interrupts=True
            ),
            Command(name=ROSTER_COMMAND, run=roster.open_roster, audience=Audience.EDITORS),
            Command(name="enrol", run=enrolling.enrol_me, interrupts=True),
        ),
        effects={
            submission.Submit: submission.submit,
            submission.KeepFile: submission.keep_file,
            submission.DropFiles: submission.drop_files,
            replies.AnswerQuestion: noted(Action.ANSWERED, replies.answer_question),
            replies.SkipQuestion: replies.skip_question,
            adding.Add: noted(Action.ADDED, adding.add),
            contacting.SetContact: contacting.set_contact,
            reminding.SetReminder: reminding.set_reminder,
            extending.Extend: noted(Action.EXTENDED, extending.extend),
            taking_down.AskToTakeDown: noted(Action.ASKED_TO_TAKE_DOWN, taking_down.ask_to_take_down),
            agreeing.Agree: noted(Action.AGREED, agreeing.agree),
            agreeing.Decline: noted(Action.DECLINED, agreeing.decline),
            agreeing.AskForChanges: noted(Action.ASKED_FOR_CHANGES, agreeing.ask_for_changes),
            issuing.Issue: issuing.issue,
            wiping.WipeChat: wiping.wipe_chat,
            answering.AnswerFound: noted(Action.ANSWERED, answering.answer_found),
            answering.AddFound: noted(Action.ADDED, answering.add_found),
            found.WithdrawFound: noted(Action.WITHDRAWN, found.withdraw_found),
            moving.Move: moving.begin_move,
            moving.CancelMove: moving.cancel_move,
            asking.OfferData: asking.offer_data,
            giving.GiveData: giving.give_data,
            giving.GiveFoundData: giving.give_found_data,
            deleting.OfferDeletion: deleting.offer_deletion,
            withdrawal.Withdraw: noted(Action.WITHDRAWN, withdrawal.withdraw),
            withdrawal.DeleteEverything: withdrawal.delete_everything,
            subscription.Join: subscription.join,
            subscription.ChooseTopics: subscription.choose_topics,
            subscription.SetRhythm: subscription.set_rhythm,
            subscription.Pause: subscription.pause,
            subscription.ComeBack: subscription.come_back,
            subscription.Leave: subscription.leave,
            unlisting.OfferUnlisting: unlisting.offer_unlisting,
            unlisting.Unlist: unlisting.unlist,
            unlisting.Relist: unlisting.relist,
            opening.ReadOn: opening.read_on,
            rest.ShowRest: rest.show_rest,
            readers_letters.ReadLetter: readers_letters.read_letter,
            tongue.Speak: tongue.speak,
            decisions.AskAuthor: noted(Action.ASKED, decisions.ask_author),
            decisions.SendBack: noted(Action.SENT_BACK, decisions.send_back),
            decisions.SaveVersion: noted(Action.REWRITTEN, decisions.save_version),
            decisions.Offer: noted(Action.OFFERED, decisions.offer),
            decisions.Approve: noted(Action.APPROVED, decisions.approve),
            decisions.Reject: noted(Action.REJECTED, decisions.reject),
            accepting.Accept: noted(Action.ACCEPTED, accepting.accept),
            claiming.Claim: noted(Action.CLAIMED, claiming.claim),
            blocking.Block: blocking.block,
            writing.KeepNote: writing.keep_note,
            schedule.Reschedule: noted(Action.RESCHEDULED, schedule.reschedule),
            schedule.Stop: noted(Action.STOPPED, schedule.stop),
            schedule.Urge: noted(Action.URGED, schedule.urge),
            correcting.Propose: noted(Action.CORRECTION_PROPOSED, correcting.propose),
            correcting.Confirm: noted(Action.CORRECTION_CONFIRMED, correcting.confirm),
            correcting.Drop: noted(Action.CORRECTION_DROPPED, correcting.drop),
            steering.PauseBroadcast: steering.pause,
            steering.ResumeBroadcast: steering.resume,
            steering.CancelBroadcast: steering.cancel,
            retracting.Retract: noted(Action.RETRACTED, retracting.retract),
            enrolling.Enrol: enrolling.enrol,
            pairs.AskSecond: pairs.ask_second,
            pairs.Agree: pairs.agree,
            pairs.DropPair: pairs.drop_pair,
            pairs.OpenOriginals: pairs.open_originals,
            picture.ShowPicture: picture.show_picture,
            changing.CreateLetter: changing.create_letter,
            changing.ChangeLetter: changing.change_letter,
            changing.DeleteLetter: changing.delete_letter,
            templates.MakeTemplate: templates.make_template,
            templates.SaveTemplate: templates.save_template,
            templates.DropTemplate: templates.drop_template,
            previewing.PreviewLetter: previewing.preview_letter,
            previewing.TryLetter: previewing.try_letter,
            previewing.ReadTest: previewing.read_test,
            deciding.ApproveLetter: deciding.approve_letter,
            deciding.SendLetter: deciding.send_letter,
            deciding.StopLetter: deciding.stop_letter,
            letter_correcting.WriteCorrection: letter_correcting.write_correction,
            letter_correcting.ApproveCorrection: letter_correcting.approve_correction,
            letter_retracting.RetractLetter: letter_retracting.retract_letter,
            roster_changes.ChangeRole: roster_changes.change_role,
            roster_changes.Forget: roster_changes.forget,
            proving.Prove: proving.prove,
        },
        timers={
            upkeep.WIPE: upkeep.wipe,
            upkeep.SWEEP: upkeep.order_sweep,
            upkeep.EMPTY: upkeep.emptying_due,
            auditing.AUDIT: auditing.order_audit,
            appearing.APPEAR: appearing.appear,
            following.FOLLOW: card.show_followed,
            following.FOLLOW_AT_LAST: card.show_followed,
            following.DROP: following.drop_now,
            retention.RETIRE: retention.retire,
            retention.WARN: retention.warn,
            reminding.REMIND: reminding.remind,
            times.PUBLISH: schedule.publish_due,
            due.DIGESTS: due.begin_digests,
            progress.PROGRESS: progress.show_progress,
            sources.SOURCES: sources.forget_sources,
            cooling.COLD: cold.go_cold,
            moving.MOVE: moving.move_now,
            pairs.PAIR: pairs.end_pairs,
            deciding.SEND_LETTER: deciding.send_due,
            changing.RETIRE_LETTER: changing.retire_letter,
        },
        standing=(upkeep.WIPE, upkeep.SWEEP, auditing.AUDIT, due.DIGESTS),
        jobs={
            FETCH: fetch,
            upkeep.SWEEP: upkeep.sweep,
            upkeep.EMPTY: upkeep.empty_journal,
            auditing.AUDIT: auditing.audit_job,
            due.PUT_OFF: due.put_off,
            issuing.ISSUE: issuing.issue_job,
            giving.GIVE: giving.give_job,
            picture.DRAW: picture.draw_job,
            readership.COUNT: work_job(readership.count),
            finding.FIND: work_job(finding.Finder().find),
            pasted.SPOIL: pasted.spoil_job,
        },
        scripts={
            titles.STORY: publish.StoryScript(),
            titles.CORRECTION: copies.CorrectionScript(),
            titles.RETRACTION: copies.RetractionScript(),
            DIGEST: DigestScript(),
            titles.LETTER: LetterScript(),
            titles.LETTER_CORRECTION: letter_copies.LetterCorrectionScript(),
            titles.LETTER_RETRACTION: letter_copies.LetterRetractionScript(),
        },
        one_by_one=frozenset({issuing.ISSUE, finding.FIND, pasted.SPOIL}),
        gone=leaving.bot_was_blocked,
        wipe_after=WIPE_SECONDS,
        rules=rules.RoleRules(),
        tongue=tongue.tongue(
            home.HOME, deleting.DELETING.name, asking.DATA.name, reading.READING.name, latest.LATEST.name
        ),
    )
