# Pro čtenáře: odběr, témata, pauza, poslední příběhy, jazyk rozhovoru.
reader-offer = V jakém jazyce vám máme posílat příběhy? Přijdou hned, jak vyjdou. Odběr můžete zrušit přímo pod kterýmkoli z nich.
reader-in-language = { $language }
reader-subscribed = Odebíráte příběhy.
reader-language = Jazyk: { $language }.
reader-all-topics = Témata: všechna.
reader-some-topics =
    { $count ->
        [one] Máte vybráno { $count } téma.
        [few] Máte vybrána { $count } témata.
       *[other] Máte vybráno { $count } témat.
    }
reader-none-yet = V tomto jazyce zatím žádné příběhy nejsou.
reader-room = Tyto příběhy vycházejí i ve veřejné místnosti: { $link }. Její členové se ale navzájem vidí. Sem chodí jen vám.
reader-paused = Pauza do { $day }: do té doby nic nepřijde, potom příběhy zase začnou chodit.
reader-paused-until-return = Pauza, dokud se nevrátíte: otevřete „Číst příběhy“ a příběhy zase začnou chodit.
reader-is-none = Teď nic neodebíráte.
reader-left = Odběr je zrušen. Nic z něj už neuchováváme.
reader-left-unlisted = Odběr je zrušen. Uchováváme jen otisk vašeho účtu: nechtěli jste být přidáni z jiných seznamů.
unlist-why = Pokud někdy převezmeme čtenáře z jiného seznamu, můžete v něm být i vy. Příběhy by pak zase začaly chodit.
unlist-what = Aby se to nestalo, můžeme si zapamatovat otisk vašeho účtu. Není v něm jméno ani adresa, ale náš server podle něj váš účet pozná. Uchováme ho, dokud svou žádost nezrušíte.
unlist-yes = Už mě nepřidávat
unlist-no = Ne, nic neuchovávejte
unlist-done = Dobře: z jiných seznamů vás nepřidáme. Přihlásit se můžete sami kdykoli. Žádost zrušíte v nabídce „Číst příběhy“.
unlisted = Nechtěli jste být přidáni z jiných seznamů. Proto uchováváme otisk vašeho účtu.
unlist-undo = Zrušit tuto žádost
unlist-undone = Hotovo: otisk vašeho účtu už nemáme.

reader-latest = Poslední příběhy
reader-topics = Vybrat témata
reader-other-language = Změnit jazyk příběhů
reader-pause = Udělat pauzu
reader-resume = Znovu posílat
reader-kept = Co o mně uchováváte
reader-menu = K odběru
reader-done = Hotovo

reader-which-topics = O čem mají příběhy být? Výběrem téma zapnete nebo vypnete.
reader-topic-on = { topic-of }: ano
reader-topic-off = { topic-of }: ne
reader-every-topic = Všechna témata
reader-topic-is-last = Alespoň jedno téma musí zůstat. Pokud nechcete dostávat nic, udělejte si pauzu nebo odběr zrušte.
reader-which-language = V jakém jazyce vám máme posílat příběhy?
reader-which-pause = Jak dlouhá má pauza být? Potom začnou příběhy zase chodit. Co mezitím vyjde, najdete v „Posledních příbězích“.
reader-pause-week = Na týden
reader-pause-month = Na měsíc
reader-pause-return = Dokud se nevrátím
reader-keeps = <b>K vašemu odběru uchováváme:</b> adresu tohoto chatu, jazyk příběhů, témata, pauzu, jak často a podle jakých hodin posílat, příběhy, které čekají na příští seznam, čas toho seznamu a to, po kterém příběhu odběr začal. Nezašifrované jsou jen jazyk, čas seznamu a číslo příběhu; všechno ostatní je zašifrované.
reader-keeps-not = Jméno neuchováváme a nezaznamenáváme, co čtete. Když odběr zrušíte, všechno to zmizí.

reader-confirm = Chcete odebírat příběhy?
reader-replaces = Váš dosavadní jazyk: { $language }. Bude nahrazen.
reader-topic-is = Téma: { topic-of }.
reader-topic-adds = K vašim tématům přibude jedno další: { topic-of }.
reader-confirm-yes = Odebírat
reader-has-it = Tyto příběhy už dostáváte.

reader-latest-title = <b>Poslední příběhy</b>
reader-latest-about = <b>Poslední příběhy. Téma: { topic-of }</b>
reader-latest-none = Zatím tu nic není.
reader-line = { $number }. { $title } – { topic-of }, { $day }
reader-line-elsewhere = { $number }. { $title } – { topic-of }, { $day }. Zatím bez překladu; jazyk: { $language }
reader-open = { $title }
reader-older = Starší
reader-newer = Novější
reader-by-topic = Hledat podle tématu
reader-which-topic = O čem si chcete přečíst?
reader-any-topic = O všem
reader-to-list = K seznamu příběhů
reader-untranslated = Tento příběh ještě není přeložen. Tady je tak, jak byl napsán; jazyk: { $language }.
reader-story-is-gone = Tento příběh tu už není.
reader-letter-is-gone = Tento zpravodaj tu už není.
reader-letter-withdrawn = Redakce tento zpravodaj stáhla.
reader-letter-date = { $day }
reader-letter-stories =
    { $platform ->
        [matrix] !stories
       *[other] /stories
    }
reader-letter-leave =
    { $platform ->
        [matrix] !leave
       *[other] /leave
    }
button-leave = Zrušit odběr
button-read-on = Číst dál

tongue-which = V jakém jazyce si s námi chcete psát?
tongue-is-kept = Co jste napsali, jsme uložili jako koncept.
tongue-discard = Smazat koncept
tongue-told-in = Příběhy se tu vyprávějí a připravují rusky nebo anglicky. V jakém jazyce chcete pokračovat?
menu-latest = Poslední příběhy
menu-language = Změnit jazyk

page-by = Vypráví { $name }
page-by-nobody = Autor si nepřál být jmenován
channel-withdrawn = Tento příběh byl stažen.
channel-withdrawn-late = Příběh, který tu vyšel { DATETIME($day, dateStyle: "long") }, byl stažen. Jeho zprávy jsou příliš staré, než abychom je mohli smazat. Prosíme, nepřeposílejte je.
channel-corrected-late = Příběh, který tu vyšel { DATETIME($day, dateStyle: "long") }, byl opraven. Jeho zprávy jsou příliš staré, než abychom je mohli změnit. Nový text si přečtete u bota.

# ── lidem ze seznamu odjinud ──
invite-why = Dobrý den. Vaše adresa je na seznamu lidí, kteří chtěli číst naše příběhy.
invite-what = Tento seznam přenášíme sem a nejdřív se ptáme vás: bez vašeho souhlasu nic nepřijde.
invite-ignore = Pokud jste o to nežádali, odpovídat nemusíte.
invite-yes = Ano, odebírat
