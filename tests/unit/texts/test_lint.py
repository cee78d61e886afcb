"""Each defect is planted in texts that are clean without it."""

from pathlib import Path

import pytest

from bot.texts.lint import Finding, lint, main

CLEAN = {
    "ru/reader.ftl": """
-brand = Тамиздат
text-missing = Что-то не так.
reader-hello = <b>{ $name }</b>, это { -brand }. { reader-count }
reader-count = { $count ->
    [0] Ничего
    [one] { $count } история
    [few] { $count } истории
    [many] { $count } историй
   *[other] { $count } истории
} до { DATETIME($day, dateStyle: "long") }
reader-kind = { $kind ->
    [story] история
   *[other] вопрос
}
""",
    "en/reader.ftl": """
text-missing = Something is wrong.
reader-hello = This is <i>Tamizdat</i>, { $name }. { reader-count }
reader-count = { $count ->
    [one] { $count } story
   *[other] { $count } stories
} until { $day }
reader-kind = <a href="https://example.org/{ $kind }">kind</a>
""",
    "fr/reader.ftl": """
text-missing = Pardon.
reader-hello = { $name } { reader-count }
reader-count = { $count ->
    [one] { $count } récit
    [many] { $count } de récits
   *[other] { $count } récits
} { $day }
reader-kind = { $kind }
""",
    "ru/editors.ftl": "editors-card = Карточка\n",
    "en/editors.ftl": "editors-card = Card\n",
    "say.py": """
msg("reader-hello", name=name, count=3, day=day)
Message("reader-count", (("count", 1),))
msg(f"reader-{what}", **given)
TABLE = {1: "editors-card"}
""",
}


class House:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name, source in CLEAN.items():
            self.write(name, source)

    def write(self, name: str, source: str) -> None:
        (self.folder / name).parent.mkdir(exist_ok=True)
        (self.folder / name).write_text(source, "utf-8")

    def change(self, name: str, old: str, new: str) -> None:
        assert old in CLEAN[name]
        self.write(name, CLEAN[name].replace(old, new, 1))

    def findings(self) -> list[str]:
        found = lint([self.folder], [self.folder / "say.py"])
        return [str(one).replace(f"{self.folder}/", "") for one in found]


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def test_clean_texts_have_no_findings(house: House) -> None:
    assert house.findings() == []


@pytest.mark.parametrize(
    ("file", "old", "new", "finding"),
    [
        ("en/reader.ftl", "text-missing = S", "x = S", "en/reader.ftl:1: text-missing: is missing"),
        ("en/reader.ftl", "text-missing = S", "x = S", "en/reader.ftl:2: x: is not in ru/reader.ftl"),
        ("en/reader.ftl", "{ $name }", "{ $nmae }", "3: reader-hello: has the variables $count, $day, $nmae, ru"),
        ("en/reader.ftl", "{ $name }", "you", "3: reader-hello: has the variables $count, $day, ru has"),
        ("ru/reader.ftl", "[few]", "[fwe]", "ru/reader.ftl:5: reader-count: lacks the plural forms few"),
        ("fr/reader.ftl", "[many]", "[few]", "fr/reader.ftl:4: reader-count: lacks the plural forms many"),
        ("fr/reader.ftl", "[many]", "[few]", "reader-count: has plural forms that fr does not: few"),
        ("en/reader.ftl", "[one]", "[few]", "reader-count: has plural forms that en does not: few"),
        ("en/reader.ftl", "[one]", "[0]", "en/reader.ftl:4: reader-count: lacks the plural forms one"),
        ("en/reader.ftl", "</i>", "", "en/reader.ftl:3: reader-hello: <i> is never closed"),
        ("en/reader.ftl", "<i>", "", "en/reader.ftl:3: reader-hello: </i> closes nothing"),
        ("en/reader.ftl", "<i>", "<em>", "en/reader.ftl:3: reader-hello: <em> is no tag"),
        ("en/reader.ftl", "<i>", "<i", "en/reader.ftl:3: reader-hello: a < begins something"),
        ("en/reader.ftl", "https:", "http:", "en/reader.ftl:8: reader-kind: the address"),
        ("ru/reader.ftl", "[story]", "[story] <b>", "ru/reader.ftl:12: reader-kind: <b> is never closed"),
        ("ru/reader.ftl", "Что", "\ue000", "ru/reader.ftl:3: text-missing: holds private-use"),
        ("ru/reader.ftl", "{ -brand }", "{ -band }", "4: reader-hello: refers to -band, which is not there"),
        ("ru/reader.ftl", "{ -brand }", "", "ru/reader.ftl:2: -brand: is never said"),
        ("ru/reader.ftl", "DATETIME", "DATE", "ru/reader.ftl:5: reader-count: calls DATE"),
        ("ru/reader.ftl", "text-missing", "text-mssing", "ru/editors.ftl:1: text-missing: must be in ru"),
        ("ru/reader.ftl", "text-missing", "editors-card", "ru/reader.ftl:3: editors-card: is in"),
        ("ru/reader.ftl", "не так.", "не так.\n    .short = Ой", "3: text-missing: has attributes"),
        ("ru/editors.ftl", "=", ":", "ru/editors.ftl:1: -: Fluent can't read this"),
        ("ru/editors.ftl", "editors-card", "editors-crad", "ru/editors.ftl:1: editors-crad: is never said"),
        ("say.py", '"reader-hello"', '"reader-helo" if a else "b"', "say.py:2: reader-helo: is said here"),
        ("say.py", "reader-hello", "reader-helo", "say.py:2: reader-helo: is said here but not in ru"),
        ("say.py", "reader-count", "reader-cont", "say.py:3: reader-cont: is said here but not in ru"),
        ("say.py", ", day=day", "", "say.py:2: reader-hello: gets the arguments $count, $name, has $count, $day,"),
        ("say.py", '"editors-card"', "2", "ru/editors.ftl:1: editors-card: is never said"),
    ],
)  # fmt: skip
def test_a_planted_defect_is_found(house: House, file: str, old: str, new: str, finding: str) -> None:
    house.change(file, old, new)

    assert any(finding in found for found in house.findings()), house.findings()


def test_a_folder_that_is_no_language_is_found(house: House) -> None:
    house.write("russian/reader.ftl", "a = A")

    assert house.findings() == ["russian/reader.ftl:1: -: 'russian' is no language"]


def test_a_file_without_a_russian_one_is_found(house: House) -> None:
    house.write("en/extra.ftl", "extra = More")

    assert house.findings() == ["en/extra.ftl:1: extra: is not in ru/extra.ftl"]


def test_a_language_of_readers_may_lack_the_editors_file(house: House) -> None:
    assert not (house.folder / "fr/editors.ftl").exists()
    assert house.findings() == []


def test_english_says_everything(house: House) -> None:
    (house.folder / "en/editors.ftl").unlink()

    assert house.findings() == ["en/editors.ftl:1: -: the whole file is missing (1 sentences): en says everything"]


def test_a_new_language_is_told_what_readers_need(house: House) -> None:
    house.write("eo/editors.ftl", "editors-card = Karto")

    assert house.findings() == [
        "eo/reader.ftl:1: -: the whole file is missing (4 sentences): every language needs it for its readers"
    ]


def test_czech_needs_its_few_and_english_has_none(house: House) -> None:
    house.write("cs/reader.ftl", CLEAN["fr/reader.ftl"].replace("    [many] { $count } de récits\n", ""))

    assert house.findings() == ["cs/reader.ftl:4: reader-count: lacks the plural forms few"]


def test_messages_that_refer_to_each_other_do_not_hang_it(house: House) -> None:
    for language in ("ru", "en"):
        house.write(f"{language}/editors.ftl", "editors-card = { loop }\nloop = { editors-card }\n")

    assert house.findings() == []


def test_the_command_prints_findings_and_fails(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(house.folder)]) == 0
    house.change("en/reader.ftl", "</i>", "")

    assert main([str(house.folder)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "5 files in ru, en, fr: no findings",
        f"{house.folder}/en/reader.ftl:3: reader-hello: <i> is never closed",
        "5 files in ru, en, fr: 1 findings",
    ]


def test_findings_come_in_the_order_of_files_and_lines() -> None:
    def at(file: str, line: int) -> Finding:
        return Finding(file=Path(file), line=line, key="a", what="b")

    assert sorted([at("b", 1), at("a", 10), at("a", 2)]) == [at("a", 2), at("a", 10), at("b", 1)]
