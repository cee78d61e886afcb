"""Everything that people can do here, in one run of the real process: three stories, from the first word to the end."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from tests.acceptance import interview, newsdesk, words
from tests.acceptance.interview import Facts
from tests.acceptance.journey import People
from tests.acceptance.kills import killable
from tests.acceptance.scene import FIRST_READER, Human, Scene

WHO = "Мне пятьдесят, я вожу трамвай в городе, где трамваев почти не осталось."
WHO_ANEW = "Мне за сорок, я вожу трамвай."
CHANGE = "Весной нам велели повесить на вагоны одну букву. Я сказала: лампочки перегорели. Меня зовут Вера Ильинична."
HOPE = "Надеюсь, что мои пассажиры всё поняли без слов."
READERS = "Нас много. Мы просто едим молча."
NAMED, UNNAMED = "Меня зовут Вера Ильинична.", "[…]"
HOPE_EDITED = "Я надеюсь: пассажиры поняли всё без слов."
WISH = "Уберите, пожалуйста, слово «пассажиры»: так говорят только у нас."
HOPE_WISHED = "Я надеюсь: люди поняли всё без слов."
SPELLING = ("едим молча", "едем молча")
MEANING = ("Мне за сорок", "Мне много лет")
SECOND = "Вчера у нас впервые за зиму выглянуло солнце, и мы вышли во двор."
THIRD = "Мы с Назаром носили передачи. Нас ни разу не спросили, кто мы. Потом передачи перестали брать."

FACTS = Facts(pen_name=words.PEN_NAME, topic="Война", region=words.REGION)
UNASKED = Facts(topic="Война", contact="Не писать мне совсем")
PHOTOS = [words.photo(1), words.photo(2)]
VOICE, VIDEO = words.recording(3), words.recording(4, size=900_000)


@dataclass(frozen=True, kw_only=True)
class Cast:
    author: Human
    refused: Human
    """whose story is rejected"""
    silent: Human
    """who wants no letters"""
    anna: Human
    boris: Human
    reader: Human
    elsewhere: Human
    """reads about another topic"""
    away: Human
    """has made a pause"""
    newcomer: Human

    @classmethod
    def gather(cls, scene: Scene) -> Cast:
        names = ("reader", "elsewhere", "away", "newcomer", "refused", "silent")
        others = {name: scene.person(FIRST_READER + 100 + number, name) for number, name in enumerate(names)}
        people = People.gather(scene)
        return cls(author=people.author, anna=people.anna, boris=people.boris, **others)


@pytest.mark.parametrize("engine", [pytest.param("sqlite", marks=pytest.mark.soak), "postgresql"])
async def test_the_whole_conversation(scene: Scene) -> None:
    """On PostgreSQL in `make test`, where the other journeys of the real process are on SQLite."""
    async with killable(scene, readers=()) as (service, _):
        await service.start()
        cast = Cast.gather(scene)
        await readers_come(cast)
        alias = await a_story_is_told(scene, cast)
        await editors_and_author_talk(scene, cast, alias)
        await editors_change_it_and_the_author_agrees(scene, cast, alias)
        await it_comes_out(scene, cast, alias)
        await it_is_corrected(scene, cast, alias)
        await it_is_taken_down(scene, cast, alias)
        await another_is_rejected(scene, cast)
        await a_third_goes_through_cuts_only(scene, cast)
        await somebody_comes_to_read(scene, cast.newcomer)
        await scene.settled()
        await service.stop()
    assert " ERROR " not in scene.home.log.read_text()


async def readers_come(cast: Cast) -> None:
    for reader, link in ((cast.reader, "t_war"), (cast.elsewhere, "t_family"), (cast.away, "t_war")):
        await reader.follows(link)
        await reader.presses("Подписаться", about="Подписаться на истории?")
        await reader.expects("Вы подписаны на истории")
    await cast.away.presses("Сделать паузу")
    await cast.away.presses("На неделю")
    await cast.away.expects("Пауза до")


async def a_story_is_told(scene: Scene, cast: Cast) -> str:
    """What editors call it."""
    author = cast.author
    await interview.begin(author, "Интервью")
    answers = {"who": WHO, "change": CHANGE, "hope": HOPE, "readers": READERS, "leave_out": words.FOR_EDITORS}
    await interview.answer_all(author, answers, last="Все ответы")
    assert "5 из 6" in (await author.expects("Вы ответили")).text
    await interview.answer_anew(author, "О себе", WHO_ANEW)
    await author.presses("Что изменилось: есть ответ")
    await author.presses("Дописать")
    await interview.send_files(author, PHOTOS, VOICE, VIDEO)
    await author.presses("Все ответы", about="Приложены 2 записи")
    await author.presses("Готово", about="Вы ответили")
    await interview.describe(author, words.DESCRIPTION, "Рельсы в снегу.")
    await interview.give(author, FACTS)
    shown = [seen.text for seen in author.sees()]
    await interview.send(author)
    assert not any(WHO in text for text in shown[-8:])
    return await newsdesk.newest_alias(scene)


async def editors_and_author_talk(scene: Scene, cast: Cast, alias: str) -> None:
    anna, author = cast.anna, cast.author
    await newsdesk.find_in_queue(scene, anna, alias)
    await anna.presses("Взять себе")
    await anna.expects("Теперь этой историей занимаетесь вы")
    await anna.presses("Читать")
    await anna.expects(WHO_ANEW)
    await anna.presses("Назад", about="Это весь текст")
    await anna.expects(words.FOR_EDITORS)
    await newsdesk.open_recordings(scene, anna, cast.boris, alias)
    assert await anna.receives("voice") == VOICE
    assert await anna.receives("video") == VIDEO
    await newsdesk.open_desk(scene, anna, alias)
    await newsdesk.note(anna, words.NOTE)
    await newsdesk.ask(anna, words.QUESTION)
    await newsdesk.ask(anna, "Сколько вагонов осталось в депо?")
    await author.presses("Прочесть вопрос")
    await author.expects(words.QUESTION)
    await author.says(words.ANSWER)
    await author.expects("Ответ у редакторов")
    await author.presses("Следующий вопрос")
    await author.presses("Пропустить этот вопрос", about="Сколько вагонов")
    await author.expects("Вопрос пропущен")
    await author.presses("Готово")


async def editors_change_it_and_the_author_agrees(scene: Scene, cast: Cast, alias: str) -> None:
    anna, author = cast.anna, cast.author
    await newsdesk.open_desk(scene, anna, alias)
    desk = await anna.expects(words.ANSWER)
    assert "Автор не стал отвечать" in desk.text
    await newsdesk.rewrite_section(anna, "Страх и надежда", HOPE_EDITED)
    await newsdesk.presses_more(anna, "Вырезать фрагмент")
    await newsdesk.cut(anna, NAMED)
    await newsdesk.offer(anna)

    await author.presses("Прочесть текст")
    changed = await author.expects("Вот что изменилось в вашем тексте")
    assert HOPE in changed.text
    assert HOPE_EDITED in changed.text
    await author.presses("Попросить изменить")
    await author.expects("Что изменить?")
    await author.says(WISH)
    await author.expects("Редакторы прочтут это")

    await newsdesk.open_desk(scene, anna, alias, "У редакторов")
    await anna.expects(WISH)
    await newsdesk.rewrite_section(anna, "Страх и надежда", HOPE_WISHED)
    await newsdesk.offer(anna)
    await author.presses("Прочесть текст")
    await author.expects(HOPE_WISHED)
    await author.presses("Согласиться")
    await author.expects("одобрить два редактора")


async def it_comes_out(scene: Scene, cast: Cast, alias: str) -> None:
    await newsdesk.approve(scene, cast.anna, cast.boris, alias)
    await newsdesk.choose_tomorrow(scene, cast.boris, alias)
    assert scene.channel.sees() == []
    await newsdesk.insist_on_today(scene, cast.anna, cast.boris, alias)
    post = await scene.published(HOPE_WISHED)
    await cast.reader.expects(HOPE_WISHED)
    await cast.author.expects("Ваша история опубликована")
    await scene.settled()
    assert words.PEN_NAME in post.text
    assert UNNAMED in post.text
    assert not any(secret in post.text for secret in (NAMED, words.FOR_EDITORS, words.REGION, WHO))
    assert [seen.kind for seen in scene.channel.sees()] == ["photo", "photo", "text"]
    assert scene.channel.sees()[0].text == words.DESCRIPTION
    assert [has_it(reader) for reader in (cast.reader, cast.elsewhere, cast.away)] == [True, False, False]


def has_it(reader: Human) -> bool:
    return any(words.PEN_NAME in seen.text for seen in reader.sees())


async def it_is_corrected(scene: Scene, cast: Cast, alias: str) -> None:
    anna, boris, author = cast.anna, cast.boris, cast.author
    await newsdesk.propose_correction(scene, boris, alias, *SPELLING, "Смысл тот же")
    await newsdesk.confirm_correction(scene, anna, alias)
    await scene.published(SPELLING[1])

    await newsdesk.propose_correction(scene, anna, alias, *MEANING, "Смысл меняется")
    await author.presses("Прочесть исправление")
    await author.expects("После исправления читатели увидят")
    await author.presses("Согласиться", about="с этим исправлением")
    await author.expects("Исправление появится")
    assert not any(MEANING[1] in seen.text for seen in scene.channel.sees())
    await newsdesk.confirm_correction(scene, boris, alias)
    post = await scene.published(MEANING[1])
    assert post.edited
    assert len(scene.channel.sees()) == 3


async def it_is_taken_down(scene: Scene, cast: Cast, alias: str) -> None:
    author = cast.author
    await author.says("/mine")
    await author.presses("История 1: опубликована")
    await author.presses("Попросить её снять")
    await author.presses("Да, снимите её")
    await author.expects("Просьба у редакторов")
    await newsdesk.take_down(scene, cast.boris, alias)
    await scene.fake.wait_for(lambda: scene.channel.sees() == [])
    await author.expects("Ваша история снята с публикации")
    await scene.fake.wait_for(lambda: not has_it(cast.reader))


async def another_is_rejected(scene: Scene, cast: Cast) -> None:
    author = cast.refused
    await interview.tell_shortly(author, SECOND)
    alias = await newsdesk.newest_alias(scene)
    await newsdesk.reject(scene, cast.anna, alias, "Мало для читателя")
    await author.presses("Прочесть ответ")
    await author.expects("Если захотите рассказать подробнее")
    await author.presses("Удалить сейчас")
    await author.presses("Да, удалить")
    await author.expects("История уничтожена")
    await its_card_is_closed(scene, alias)


async def its_card_is_closed(scene: Scene, alias: str) -> None:
    await scene.settled()
    assert not any(re.search(rf"^{alias}\n.*(У редакторов|Одобрен)", seen.text) for seen in scene.editors.sees())


async def a_third_goes_through_cuts_only(scene: Scene, cast: Cast) -> None:
    anna, author = cast.anna, cast.silent
    await interview.tell_shortly(author, THIRD, UNASKED)
    await scene.settled()
    before = author.sees()
    alias = await newsdesk.newest_alias(scene)
    await newsdesk.open_desk(scene, anna, alias)
    desk = await anna.expects("Автор просил не писать ему")
    labels = {button.text for row in desk.buttons for button in row}
    assert not labels & {"Спросить автора", "Править", "Отправить автору на согласие"}
    await anna.presses("Вырезать фрагмент")
    await newsdesk.cut(anna, "с Назаром")
    await anna.presses("Передать на одобрение")
    await anna.presses("Передать на одобрение", about="Спрашивать о согласии не нужно")
    await anna.expects("Текст передан на одобрение")
    await newsdesk.approve(scene, anna, cast.boris, alias)
    await newsdesk.insist_on_today(scene, anna, cast.boris, alias)
    await scene.published("Мы […] носили передачи")
    await cast.reader.expects("Мы […] носили передачи")
    await scene.settled()
    assert author.sees() == before


async def somebody_comes_to_read(scene: Scene, newcomer: Human) -> None:
    await newcomer.follows("t_war")
    await newcomer.presses("Подписаться", about="Тема: Война")
    await newcomer.presses("Выбрать темы")
    await newcomer.presses("Отъезд: нет")
    await newcomer.presses("Готово", about="О чём присылать")
    await newcomer.presses("Последние истории", about="Вы выбрали 2 темы")
    await newcomer.presses("Мы […]", about="Последние истории")
    await newcomer.expects("Потом передачи перестали брать")
    await newcomer.presses("Отписаться")
    await newcomer.expects("О вас как о читателе мы больше ничего не храним")
    async with scene.home.store() as store, store.read() as tx:
        assert await tx.subscribers.language_of(newcomer.account) is None
