"""Tell a story: the honest words, questions one by one, what must be known besides, a last look, off it goes.

    begun ─► safety ─► which ─► question ◄─► overview ◄─► answer
                                   │
    describe ─► name ─► byline ─► topic ─► region ─► contact ─► licence ─► files ─► review

After `question` each step goes to the first thing that is not said yet (`Telling.onward`).
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from bot.flows.flow import Flow, Reads, Step, nothing
from handlers.contributors.limits import no_story, wait_for_turn
from handlers.contributors.telling import asking, beginning, describing, details, naming, overview, pausing, reviewing
from handlers.contributors.telling.draft import TELL, Telling, abandoned, kept_seconds, rolling_seconds
from handlers.contributors.telling.pausing import Waiting
from handlers.questionnaires.questionnaire import Questionnaire, Questionnaires


def telling(questionnaires: Questionnaires) -> Flow[Telling]:
    async def choice(reads: Reads, _draft: Telling) -> tuple[Questionnaire, ...]:
        return questionnaires.of(reads.who.language)

    async def opening(reads: Reads, _draft: Telling) -> beginning.Opening:
        refusal = await no_story(reads)
        return beginning.Opening(
            choice=questionnaires.of(reads.who.language),
            refusal=refusal,
            wait=None if refusal is not None else await wait_for_turn(reads),
        )

    async def sending(reads: Reads, draft: Telling) -> reviewing.Sending:
        return reviewing.Sending(questionnaire=await chosen(reads, draft), refusal=await no_story(reads))

    async def chosen(reads: Reads, draft: Telling) -> Questionnaire:
        return questionnaires.find(reads.who.language, draft.questionnaire)

    async def today(reads: Reads, _draft: Telling) -> date:
        return reads.tx.work.today

    async def waiting(reads: Reads, draft: Telling) -> Waiting:
        until = datetime.fromtimestamp(reads.tx.now + kept_seconds(draft), UTC)
        return Waiting(until=until, questionnaire=await chosen(reads, draft))

    return Flow(
        name=TELL,
        draft=Telling,
        precious=kept_seconds,
        abandoned=abandoned,
        rolling=rolling_seconds,
        steps=(
            Step(name="safety", load=opening, ask=beginning.ask_safety, answer=beginning.answer_safety),
            Step(name="begun", load=today, ask=beginning.ask_begun, answer=beginning.answer_begun),
            Step(name="which", load=choice, ask=beginning.ask_which, answer=beginning.answer_which),
            Step(name="pause", load=waiting, ask=pausing.ask_pause, answer=pausing.answer_pause),
            Step(name="question", load=chosen, ask=asking.ask_question, answer=asking.answer_question),
            Step(name="overview", load=chosen, ask=overview.ask_overview, answer=overview.answer_overview),
            Step(name="answer", load=chosen, ask=overview.ask_answer, answer=overview.answer_answer),
            Step(name="describe", load=nothing, ask=describing.ask_description, answer=describing.answer_description),
            Step(name="name", load=nothing, ask=naming.ask_name, answer=naming.answer_name),
            Step(name="byline", load=nothing, ask=naming.ask_byline, answer=naming.answer_byline),
            Step(name="topic", load=nothing, ask=details.ask_topic, answer=details.answer_topic),
            Step(name="region", load=nothing, ask=details.ask_region, answer=details.answer_region),
            Step(name="contact", load=nothing, ask=details.ask_contact, answer=details.answer_contact),
            Step(name="licence", load=nothing, ask=details.ask_licence, answer=details.answer_licence),
            Step(name="files", load=nothing, ask=reviewing.ask_files, answer=reviewing.answer_files),
            Step(name="review", load=sending, ask=reviewing.ask_review, answer=reviewing.answer_review),
            Step(name="words", load=sending, ask=reviewing.ask_words, answer=reviewing.answer_words),
            Step(name="discard", load=today, ask=reviewing.ask_discard, answer=reviewing.answer_discard),
        ),
    )
