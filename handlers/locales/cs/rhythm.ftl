# Jak často a podle jakých hodin příběhy přicházejí; seznam toho, co vyšlo.
# $zone: časové pásmo, pro jazyky, které jeho město skloňují.
zone-of =
    { $zone ->
       *[other] { $city }
    }
hour-of =
    { $hour ->
        [2] ve 2 hodiny
        [3] ve 3 hodiny
        [4] ve 4 hodiny
        [12] ve 12 hodin
        [13] ve 13 hodin
        [14] ve 14 hodin
        [20] ve 20 hodin
        [21] ve 21 hodin
        [22] ve 22 hodin
        [23] ve 23 hodin
        [0] o půlnoci
        [1] v 1 hodinu
        [5] v 5 hodin
        [6] v 6 hodin
        [7] v 7 hodin
        [8] v 8 hodin
        [9] v 9 hodin
        [10] v 10 hodin
        [11] v 11 hodin
        [15] v 15 hodin
        [16] v 16 hodin
        [17] v 17 hodin
        [18] v 18 hodin
       *[19] v 19 hodin
    }
weekday-of =
    { $weekday ->
        [0] v pondělí
        [1] v úterý
        [2] ve středu
        [3] ve čtvrtek
        [4] v pátek
        [5] v sobotu
       *[6] v neděli
    }
reader-at-once = Příběhy přicházejí hned, jak vyjdou.
reader-daily = Příběhy přicházejí jednou denně v jednom seznamu, { hour-of } (čas: { zone-of }).
reader-weekly = Příběhy přicházejí jednou týdně v jednom seznamu, vždy { weekday-of } { hour-of } (čas: { zone-of }).
reader-quiet = Od { $begins }:00 do { $ends }:00 (čas: { zone-of }) je klid: co v té době vyjde, přijde potom v jednom seznamu.
reader-leave-under = Odběr můžete zrušit přímo pod každým příběhem i pod každým seznamem.
reader-rhythm = Jak často posílat

rhythm-which = Jak často vám máme posílat příběhy? Jednou denně nebo týdně přijdou v jednom seznamu. Když nic nevyjde, nepřijde nic.
rhythm-at-once = Hned, každý zvlášť
rhythm-daily = Jednou denně
rhythm-weekly = Jednou týdně
rhythm-quiet = Hodiny klidu
rhythm-zone = Změnit časové pásmo
rhythm-waiting-comes = Odteď budou příběhy chodit hned. Ty, které už na vás čekají, brzy přijdou v jednom seznamu.
rhythm-which-weekday = V který den?
rhythm-weekday =
    { $weekday ->
        [0] Pondělí
        [1] Úterý
        [2] Středa
        [3] Čtvrtek
        [4] Pátek
        [5] Sobota
       *[6] Neděle
    }
rhythm-which-zone = Podle jakých hodin máme posílat? Napište město, třeba „Tbilisi“, nebo rozdíl od Greenwiche: „+4“. Stačí kterékoli město se stejným časem: město neuchováváme, jen časové pásmo.
rhythm-which-guess = Je to některé z těchto? Pokud ne, napište jiné město nebo rozdíl od Greenwiche, třeba „+4“.
rhythm-unknown-zone = Takové město v našem seznamu není. Napište jiné se stejným časem, nejlépe velké: „Moskva“, „Berlín“. Nebo rozdíl od Greenwiche: „+3“.
rhythm-which-hour = V kolik hodin má seznam přijít?
rhythm-clock = Teď je { $time } (čas: { zone-of }). Pokud vaše hodiny ukazují něco jiného, vraťte se a napište jiné město.
rhythm-hour = { $hour }:00
rhythm-quiet-begins = Od kolika hodin nemáme nic posílat?
rhythm-quiet-ends = Klid od { $begins }:00. Do kolika hodin?
rhythm-quiet-is-empty = Tak žádné hodiny klidu nezbudou: zvolte pro jejich konec jinou hodinu.
rhythm-no-quiet = Bez hodin klidu

digest-title = <b>Nové příběhy</b>
digest-more =
    { $stories ->
        [one] Ještě { $stories } příběh
        [few] Ještě { $stories } příběhy
       *[other] Ještě { $stories } příběhů
    }
digest-is-empty = Další nové příběhy zatím nejsou.
