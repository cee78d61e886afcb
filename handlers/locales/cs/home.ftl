# Hlavní nabídka, příkazy, nápověda.
home-hello =
    { $platform ->
        [matrix]
            <b>Tamizdat</b> sbírá příběhy rusky mluvících lidí, kteří stojí na straně míru a svobody.

            Vybíráte číslem: pošlete ho, nebo ho přidejte jako reakci pod zprávu.
       *[other] <b>Tamizdat</b> sbírá příběhy rusky mluvících lidí, kteří stojí na straně míru a svobody.
    }
home-can = Můžete tu vyprávět svůj příběh nebo odebírat příběhy ostatních.
home-tell = Vyprávět příběh
home-mine = Moje příběhy
home-question = Redakce vám nechala otázku
home-consent = Hotový text čeká na vás
queue-home = Seznam redakce
home-read = Číst příběhy
home-receipt = Mám sedm slov
home-delete = Smazat o mně všechno
home-language = Jazyk / Language
home-press =
    { $platform ->
        [matrix] Začněte tím, že pošlete číslo některé z možností níže.
       *[other] Začněte některým z tlačítek níže.
    }
help =
    <b>Vyprávět.</b> Pište, kolik chcete, posílejte fotografie a nahrávky: redakce je uvidí, až když zvolíte „Odeslat“.
    <b>Co bude dál.</b> Redakce příběh přečte a možná se na něco zeptá. Bez vašeho souhlasu nic nevyjde.
    <b>Rozmysleli jste si to?</b> Příběh si můžete vzít zpět, dokud nevyjde: „Moje příběhy“.
    { $platform ->
        [matrix] <b>Číst.</b> Příběhy ostatních můžete kdykoli začít i přestat odebírat.
            <b>Příkazy.</b> Nabídka: !start, vyprávět příběh: !story, moje příběhy: !mine, nejnovější příběhy: !stories, všechno, co o mně uchováváte: !data, smazat o mně všechno: !delete.
       *[other] <b>Číst.</b> Příběhy ostatních můžete kdykoli začít i přestat odebírat.
    }
menu-start = Hlavní nabídka
menu-story = Vyprávět příběh
menu-mine = Moje příběhy
menu-receipt = Najít příběh podle sedmi slov
menu-read = Odebírat příběhy
menu-data = Všechno, co o mně uchováváte
menu-delete = Smazat o mně všechno
menu-help = Jak to tu funguje
