# Několik vět samotného programu: říká je bot, ne redakce, když něco dopadlo jinak, než se čekalo.
text-missing = Tady by měla být věta, ale chybí. Všechno ostatní funguje.
tap-is-stale =
    { $platform ->
        [matrix] Toto číslo patří k dřívější otázce. Tady je ta nynější:
       *[other] Toto tlačítko patří k dřívější otázce. Tady je ta nynější:
    }
tap-is-unproven = Na tuto otázku prosím odpovězte číslem: reakce se přenášejí nešifrovaně, a tak na ně tady nespoléháme.
text-is-empty = V této zprávě není žádný čitelný text. Napište ji prosím ještě jednou.
edit-is-late = Úpravu té dřívější zprávy už nemůžeme vzít v úvahu. Pokud je důležitá, pošlete prosím opravený text znovu.
kind-is-unsupported = To zatím přijmout neumíme. Pošlete prosím text, fotografii, hlasovou zprávu nebo video.
message-is-unreadable = Jednu vaši zprávu se nepodařilo dešifrovat, takže jsme ji nečetli. Pošlete ji prosím ještě jednou.
command-is-unknown = Takový příkaz neexistuje. Teď můžete udělat toto:
draft-comes-first = Nejdřív dokončeme, co je rozdělané. Tady jsme skončili:
turn-has-failed =
    Teď se to nepovedlo, ale vaši zprávu máme a nic se neztratilo. O závadě už víme.
    Pokud ji chcete nahlásit, její číslo je: <code>{ $reference }</code>
messages-are-left =
    { $count ->
        [one] <b>V tomto chatu zůstala { $count } zpráva, kterou jsme nemohli smazat.</b>
        [few] <b>V tomto chatu zůstaly { $count } zprávy, které jsme nemohli smazat.</b>
       *[other] <b>V tomto chatu zůstalo { $count } zpráv, které jsme nemohli smazat.</b>
    } { $platform ->
        [matrix] Smažte je prosím sami: podržte zprávu a zvolte „Odstranit“. Na serverech Matrixu mohou zůstat zašifrované kopie, na které nedosáhneme.
       *[other] Telegram dovolí botovi mazat zprávy jen dva dny. Smažte je prosím sami: otevřete nabídku chatu a zvolte „Vymazat historii“. Na kopie na serverech Telegramu nedosáhneme.
    }
answer-is-unexpected =
    { $platform ->
        [matrix] Pošlete prosím číslo některé z možností nebo odpovězte na otázku:
       *[other] Vyberte prosím některé z tlačítek nebo odpovězte na otázku:
    }
button-back = Zpět
photo-is-unsupported = Tuto fotografii se nepodařilo otevřít: hodí se JPEG, PNG, GIF a WebP.
photo-is-heic = Tato fotografie je ve formátu HEIC, který zatím neumíme otevřít. Pošlete ji prosím jako fotografii, ne jako soubor.
photo-is-too-large = Tato fotografie je příliš velká. Pošlete prosím menší kopii.
photo-is-damaged = Tuto fotografii se nepodařilo přečíst: soubor je zřejmě poškozený. Zkuste ji prosím poslat ještě jednou.
photos-are-off = Teď nemůžeme fotografie bezpečně zpracovat. Text, hlasové zprávy i videa můžete poslat i bez nich.
file-is-too-large = Tento soubor je příliš velký: přijmeme nejvýše { $most } MB. Nahrávku můžete poslat po částech, fotografii jako menší kopii.
files-have-no-room = Soubory teď nepřijímáme: na našem serveru už skoro není místo. Napište to prosím slovy a soubor pošlete později.
files-are-too-many = Dnes už od vás přišlo velmi mnoho souborů a tento jsme nepřijali. Pošlete ho prosím zítra.
file-is-lost = Tento soubor se nám nepodařilo získat: messenger už ho nemá. Pošlete ho prosím ještě jednou.
file-is-not-taken = Soubory zatím nepřijímáme: zůstávají v nich stopy po vás, které ještě neumíme smazat.
file-took-too-long = Soubor se načítal příliš dlouho, a tak jsme ho nepřijali. Pošlete ho prosím znovu nebo jako menší kopii; nahrávku můžete poslat po částech.
