"""Contributors, editors and subscribers: who is known as what, and by nobody else."""

from __future__ import annotations

import msgspec
from sqlalchemy import select, update

from storage.address import Address
from storage.enrol_codes import CODE_SECONDS
from storage.ids import StoryId, new_id
from storage.sealed import seal_record
from storage.store import Store
from storage.subscriber import Wishes
from storage.tables import accounts, metadata, subscribers
from storage.vault import Column
from tests.clock import Clock
from tests.integration.storage.people import account, chat


async def test_an_account_s_stories_are_listed_in_their_order_and_can_be_forgotten(store: Store) -> None:
    first, second = StoryId(new_id()), StoryId(new_id())
    async with store.write() as tx:
        assert await tx.contributors.stories(account()) == ()
        await tx.contributors.add_story(account(), first)
        await tx.contributors.add_story(account(), second)
        await tx.contributors.add_story(account(2), StoryId(new_id()))
        assert await tx.contributors.stories(account()) == (first, second)
        await tx.contributors.forget(account())
        assert await tx.contributors.stories(account()) == ()
        assert len(await tx.contributors.stories(account(2))) == 1


async def test_the_list_does_not_count_openly_how_many_stories_there_are(store: Store) -> None:
    async with store.write() as tx:
        for number in range(4):
            await tx.contributors.add_story(account(), StoryId(new_id()))
            revision = (await tx.work.connection.execute(select(accounts.c.revision))).scalar_one()
            assert revision > 1000, f"drawn out of two billion, after {number + 1} stories"


async def test_a_code_enrols_one_person_once(store: Store) -> None:
    async with store.write() as tx:
        code = await tx.editors.new_code("Анна")
    async with store.write() as tx:
        assert await tx.editors.redeem("AAAAAAAAAAAA", account()) is None
        typed = f" {code[:4]}-{code[4:].lower()} "
        editor = await tx.editors.redeem(typed, account())
        assert editor is not None
        assert await tx.editors.redeem(code, account(2)) is None
    async with store.read() as tx:
        found = await tx.editors.find(account())
        assert found is not None
        assert found.id == editor
        assert [known.name.reveal() for known in await tx.editors.all()] == ["Анна"]
        assert await tx.editors.find(account(2)) is None


async def test_a_code_is_good_for_ten_minutes(store: Store, clock: Clock) -> None:
    async with store.write() as tx:
        in_time, too_late, never_used = [await tx.editors.new_code(name) for name in "abc"]
    clock.pass_(seconds=CODE_SECONDS)
    async with store.write() as tx:
        await tx.editors.forget_old_codes()
        assert await tx.editors.redeem(in_time, account(1)) is not None
    clock.pass_(seconds=1)
    async with store.write() as tx:
        assert await tx.editors.redeem(too_late, account(2)) is None
        await tx.editors.forget_old_codes()
    clock.pass_(seconds=-CODE_SECONDS)
    async with store.write() as tx:
        assert await tx.editors.redeem(never_used, account(2)) is None


async def test_who_is_enrolled_already_keeps_their_place(store: Store) -> None:
    async with store.write() as tx:
        first = await tx.editors.add(account(), "Анна")
        assert await tx.editors.add(account(), "Анна опять") == first
        assert await tx.editors.add(account(2), "Борис") != first
        assert len(await tx.editors.all()) == 2


async def test_an_editor_who_was_removed_is_unknown_and_may_come_back_as_somebody_new(store: Store) -> None:
    async with store.write() as tx:
        before = await tx.editors.add(account(), "Анна")
        assert await tx.editors.remove(before)
        assert not await tx.editors.remove(before)
        assert await tx.editors.find(account()) is None
        assert await tx.editors.add(account(), "Анна") != before


async def test_a_further_account_is_the_same_person(store: Store) -> None:
    async with store.write() as tx:
        anna = await tx.editors.add(account(), "Анна")
        code = await tx.editors.new_code("Анна", person=anna)
        assert await tx.editors.redeem(code, account(2)) == anna
    async with store.read() as tx:
        assert [known.id for known in await tx.editors.all()] == [anna, anna]
        found = await tx.editors.find(account(2))
        assert found is not None
        assert (found.id, found.account) == (anna, account(2))


async def test_a_person_leaves_the_roster_with_all_accounts(store: Store) -> None:
    async with store.write() as tx:
        anna, boris = await tx.editors.add(account(), "Анна"), await tx.editors.add(account(3), "Борис")
        await tx.editors.add(account(2), "Анна", person=anna)
        too_late = await tx.editors.new_code("Анна", person=anna)
        assert await tx.editors.remove(anna)
        assert [known.id for known in await tx.editors.all()] == [boris]
        assert await tx.editors.redeem(too_late, account(4)) is None


async def test_one_account_is_never_two_people(store: Store) -> None:
    """What it has approved as Boris would count once more for Anna."""
    async with store.write() as tx:
        anna, boris = await tx.editors.add(account(), "Анна"), await tx.editors.add(account(2), "Борис")
        code = await tx.editors.new_code("Анна", person=anna)
        assert await tx.editors.redeem(code, account(2)) is None
        found = await tx.editors.find(account(2))
        assert found is not None
        assert found.id == boris


async def test_a_reader_joins_changes_and_leaves(store: Store) -> None:
    async with store.write() as tx:
        assert await tx.subscribers.language_of(account()) is None
        await tx.subscribers.join(account(), chat(), "ru")
        await tx.subscribers.join(account(), chat(), "de")
        assert await tx.subscribers.language_of(account()) == "de"
        assert await tx.subscribers.find(account(2)) is None
        assert (await tx.subscribers.count("ru"), await tx.subscribers.count("de")) == (0, 1)
        assert await tx.subscribers.leave(account())
        assert not await tx.subscribers.leave(account())
        assert await tx.subscribers.language_of(account()) is None


async def test_one_account_is_three_people_to_whoever_has_the_files(store: Store) -> None:
    async with store.write() as tx:
        work = tx.work
        await tx.contributors.add_story(account(), StoryId(new_id()))
        await tx.editors.add(account(), "Анна")
        await tx.subscribers.join(account(), chat(), "ru")
        names = [
            (await work.connection.execute(select(metadata.tables[table].c.account))).scalar_one()
            for table in ("accounts", "editors", "subscribers")
        ]
    assert len(set(names)) == 3


async def test_what_a_reader_wishes_stays_until_it_is_changed(store: Store) -> None:
    async with store.write() as tx:
        await tx.subscribers.join(account(), chat(), "ru", Wishes(topics=("war",)))
        await tx.subscribers.join(account(), chat(), "de")
        reader = await tx.subscribers.find(account())
        assert reader is not None
        assert (reader.language, reader.wishes.topics) == ("de", ("war",))
        await tx.subscribers.wish(account(), Wishes(paused_until=tx.now + 60))
        await tx.subscribers.wish(account(2), Wishes(topics=()))
        reader = await tx.subscribers.find(account())
        assert reader is not None
        assert not reader.wishes.wants("war", tx.now)
        assert reader.wishes.wants("war", tx.now + 60)


async def test_a_row_from_before_there_were_wishes_opens_and_wants_everything(store: Store) -> None:
    class Before(msgspec.Struct, frozen=True, kw_only=True):
        chat: Address

    async with store.write() as tx:
        await tx.subscribers.join(account(), chat(), "ru")
        row = (await tx.work.connection.execute(select(subscribers))).one()
        old = await seal_record(tx.work, row.key_id, Column("subscribers", "body"), row.id, 0, Before(chat=chat()))
        await tx.work.connection.execute(update(subscribers).values(body=old))
        reader = await tx.subscribers.find(account())
        assert reader is not None
        assert reader.wishes == Wishes()
        assert reader.wishes.wants("anything", tx.now)


async def test_a_reader_whose_row_is_damaged_joins_anew(store: Store) -> None:
    async with store.write() as tx:
        await tx.subscribers.join(account(), chat(), "ru")
        await tx.work.connection.execute(update(subscribers).values(body=b"damaged"))
        assert await tx.subscribers.find(account()) is None
        await tx.subscribers.wish(account(), Wishes(topics=("war",)))
        await tx.subscribers.join(account(), chat(), "ru")
        reader = await tx.subscribers.find(account())
        assert reader is not None
        assert reader.wishes == Wishes()
        assert await tx.subscribers.count("ru") == 1
