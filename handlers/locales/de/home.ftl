# Hauptmenü, Befehle, Hilfe.
home-hello =
    { $platform ->
        [matrix]
            <b>Tamizdat</b> sammelt die Geschichten von Menschen, die Russisch sprechen und für Frieden und Freiheit einstehen.

            Sie wählen mit der Nummer: Schicken Sie sie, oder setzen Sie sie als Reaktion unter die Nachricht.
       *[other] <b>Tamizdat</b> sammelt die Geschichten von Menschen, die Russisch sprechen und für Frieden und Freiheit einstehen.
    }
home-can = Hier können Sie Ihre eigene Geschichte erzählen oder die Geschichten anderer abonnieren.
home-tell = Eine Geschichte erzählen
home-mine = Meine Geschichten
home-question = Die Redaktion hat eine Frage an Sie
home-consent = Der fertige Text wartet auf Sie
queue-home = Die Liste der Redaktion
home-read = Geschichten lesen
home-receipt = Ich habe sieben Wörter
home-delete = Alles über mich löschen
home-language = Sprache / Language
home-press =
    { $platform ->
        [matrix] Um anzufangen, schicken Sie bitte die Nummer einer der Möglichkeiten unten.
       *[other] Um anzufangen, tippen Sie bitte auf eine der Schaltflächen unten.
    }
help =
    <b>Erzählen.</b> Schreiben Sie, so viel Sie möchten, und schicken Sie Fotos und Aufnahmen: Die Redaktion sieht sie erst, wenn Sie „Senden“ wählen.
    <b>Wie es weitergeht.</b> Die Redaktion liest die Geschichte und fragt vielleicht nach. Ohne Ihre Zustimmung erscheint nichts.
    <b>Anders überlegt?</b> Bis zur Veröffentlichung können Sie eine Geschichte zurücknehmen: „Meine Geschichten“.
    { $platform ->
        [matrix] <b>Lesen.</b> Die Geschichten anderer können Sie jederzeit abonnieren und abbestellen.
            <b>Befehle.</b> Menü: !start, eine Geschichte erzählen: !story, meine Geschichten: !mine, neueste Geschichten: !stories, alles, was über mich gespeichert ist: !data, alles über mich löschen: !delete.
       *[other] <b>Lesen.</b> Die Geschichten anderer können Sie jederzeit abonnieren und abbestellen.
    }
menu-start = Hauptmenü
menu-story = Eine Geschichte erzählen
menu-mine = Meine Geschichten
menu-receipt = Eine Geschichte mit sieben Wörtern finden
menu-read = Geschichten abonnieren
menu-data = Alles, was über mich gespeichert ist
menu-delete = Alles über mich löschen
menu-help = Wie das hier geht
