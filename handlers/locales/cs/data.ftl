# Všechno, co se o člověku uchovává, v jednom souboru.
data-all = Dostat to všechno jako soubor
data-about = <b>Všechno, co o vás uchováváme, v jednom souboru.</b> Budou v něm celé vaše příběhy, koncept, co jste si psali s redakcí, a odběr.
data-warning =
    { $platform ->
        [matrix] Soubor sem přijde zašifrovaný a za hodinu ho smažeme. Staženou kopii můžete smazat jen vy: přečte si ji každý, kdo má v ruce vaše zařízení.
       *[other] Soubor přijde sem a za hodinu ho smažeme. Do té doby ho může číst i ten, kdo provozuje servery této služby. Staženou kopii můžete smazat jen vy: přečte si ji každý, kdo má v ruce vaše zařízení.
    }
data-or-go-on = Pokud soubor nepotřebujete, nic nevybírejte a pište dál: váš koncept tu pořád je.
data-yes = Poslat soubor
data-no = Ne, děkuji
data-begun = Připravujeme soubor: za několik sekund tu bude.
data-is-here = To je všechno, co uchováváme. Za hodinu soubor odsud zmizí; staženou kopii prosím smažte sami.

# ── v souboru ──
data-title = CO O VÁS TAMIZDAT UCHOVÁVÁ
data-made = Soubor vznikl { DATETIME($day, dateStyle: "long") }
data-no-address = Vaše jméno, adresa ani účet v souboru nejsou: v cizích rukou sám neprozradí, čí je. Mohou vás ale prozradit vaše slova.
data-chat = TENTO CHAT
data-chat-keeps = Uchováváme adresy tohoto chatu a účtu, jazyk našeho rozhovoru ({ $language }) a to, kde jsme skončili. Všechno je to zašifrované.
data-chat-messages =
    { $messages ->
        [one] Pamatujeme si také číslo { $messages } zprávy, abychom ji včas smazali.
        [few] Pamatujeme si také čísla { $messages } zpráv, abychom je včas smazali.
       *[other] Pamatujeme si také čísla { $messages } zpráv, abychom je včas smazali.
    }
data-reader = ODBĚR
data-reader-topics = Témata: { $topics }.
data-reader-waiting =
    { $stories ->
        [one] Na příští seznam čeká { $stories } příběh.
        [few] Na příští seznam čekají { $stories } příběhy.
       *[other] Na příští seznam čeká { $stories } příběhů.
    }
data-reader-since =
    { $stories ->
        [0] Odběr začal dřív, než vyšel první příběh.
        [one] Když odběr začal, vyšel { $stories } příběh.
        [few] Když odběr začal, vyšly { $stories } příběhy.
       *[other] Když odběr začal, vyšlo { $stories } příběhů.
    }
data-editor = V seznamu redakce jste pod jménem „{ $name }“.
data-second-factor = K tomu uchováváme klíč, podle kterého se ověřují vaše jednorázové kódy. Je zašifrovaný.
data-elsewhere = Zálohy obsahují totéž a smazané z nich zmizí do sedmi dnů. V záznamech redakce je, co se s příběhem dělo, ale ne čí je.
data-elsewhere-not-ours =
    { $platform ->
        [matrix] Zašifrované kopie této konverzace mohou ležet na serverech Matrixu, čitelné ve vašich zařízeních.
       *[other] Kopie této konverzace má i messenger a vaše zařízení. Na ty nedosáhneme.
    }
