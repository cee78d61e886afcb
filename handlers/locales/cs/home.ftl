# Hlavní nabídka, příkazy, nápověda.
home-hello = <b>Tamizdat</b> sbírá příběhy rusky mluvících lidí, kteří stojí na straně míru a svobody.
home-can = Můžete tu vyprávět svůj příběh nebo odebírat příběhy ostatních.
home-tell = Vyprávět příběh
home-mine = Moje příběhy
home-question = Redakce vám nechala otázku
home-consent = Hotový text čeká na vás
queue-home = Seznam redakce
home-read = Číst příběhy
home-delete = Smazat o mně všechno
home-language = Jazyk / Language
home-press = Začněte některým z tlačítek níže.
trial =
    <b>Toto je zkušební verze.</b> Ochrana ještě není hotová: neposílejte prosím skutečné příběhy.
help =
    <b>Vyprávět.</b> Pište, kolik chcete, posílejte fotografie a nahrávky: redakce je uvidí, až když stisknete „Odeslat“.
    <b>Co bude dál.</b> Redakce příběh přečte a možná se na něco zeptá. Bez vašeho souhlasu nic nevyjde.
    <b>Rozmysleli jste si to?</b> Příběh si můžete vzít zpět, dokud nevyjde: „Moje příběhy“.
    <b>Číst.</b> Příběhy ostatních můžete kdykoli začít i přestat odebírat.
menu-start = Hlavní nabídka
menu-story = Vyprávět příběh
menu-mine = Moje příběhy
menu-read = Odebírat příběhy
menu-delete = Smazat o mně všechno
menu-help = Jak to tu funguje
