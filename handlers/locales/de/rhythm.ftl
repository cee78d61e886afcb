# Wie oft und nach welcher Uhr Geschichten kommen; die Liste der neuen.
# $zone: die Zeitzone, für Sprachen, die ihre Stadt beugen.
zone-of =
    { $zone ->
       *[other] { $city }
    }
hour-of = um { $hour } Uhr
weekday-of =
    { $weekday ->
        [0] montags
        [1] dienstags
        [2] mittwochs
        [3] donnerstags
        [4] freitags
        [5] samstags
       *[6] sonntags
    }
reader-at-once = Die Geschichten kommen, sobald sie erschienen sind.
reader-daily = Die Geschichten kommen einmal am Tag in einer Liste, { hour-of } (Zeit von { zone-of }).
reader-weekly = Die Geschichten kommen einmal in der Woche in einer Liste, { weekday-of } { hour-of } (Zeit von { zone-of }).
reader-quiet = Von { $begins } bis { $ends } Uhr (Zeit von { zone-of }) ist Ruhe: Was dann erscheint, kommt danach in einer Liste.
reader-leave-under = Abbestellen können Sie direkt unter jeder Geschichte und jeder Liste.
reader-rhythm = Wie oft wir schicken

rhythm-which = Wie oft sollen wir Ihnen Geschichten schicken? Einmal am Tag oder in der Woche kommen sie in einer Liste. Ist nichts erschienen, kommt nichts.
rhythm-at-once = Sofort, jede für sich
rhythm-daily = Einmal am Tag
rhythm-weekly = Einmal in der Woche
rhythm-quiet = Ruhezeiten
rhythm-zone = Zeitzone ändern
rhythm-waiting-comes = Von jetzt an kommen Geschichten sofort. Die schon für Sie bereitliegen, kommen bald in einer Liste.
rhythm-which-weekday = An welchem Wochentag?
rhythm-weekday =
    { $weekday ->
        [0] Montag
        [1] Dienstag
        [2] Mittwoch
        [3] Donnerstag
        [4] Freitag
        [5] Samstag
       *[6] Sonntag
    }
rhythm-which-zone = Nach welcher Uhr sollen wir schicken? Schreiben Sie eine Stadt, zum Beispiel „Tiflis“, oder den Abstand zu Greenwich: „+4“. Jede Stadt mit derselben Uhrzeit ist recht: Die Stadt speichern wir nicht, nur die Zeitzone.
rhythm-which-guess = Ist es eine von diesen? Wenn nicht, schreiben Sie eine andere Stadt oder den Abstand zu Greenwich, zum Beispiel „+4“.
rhythm-unknown-zone = Diese Stadt steht nicht auf unserer Liste. Nennen Sie eine andere mit derselben Uhrzeit, am besten eine große: „Moskau“, „Berlin“. Oder den Abstand zu Greenwich: „+3“.
rhythm-which-hour = Um wie viel Uhr soll die Liste kommen?
rhythm-clock = Nach der Zeit von { zone-of } ist es jetzt { $time }. Zeigt Ihre Uhr etwas anderes, gehen Sie zurück und nennen Sie eine andere Stadt.
rhythm-hour = { $hour }:00
rhythm-quiet-begins = Ab wie viel Uhr sollen keine Geschichten kommen?
rhythm-quiet-ends = Ruhe ab { $begins } Uhr. Bis wie viel Uhr?
rhythm-quiet-is-empty = So bleibt keine Ruhezeit: Wählen Sie für ihr Ende eine andere Stunde.
rhythm-no-quiet = Keine Ruhezeiten

digest-title = <b>Neue Geschichten</b>
digest-more =
    { $stories ->
        [one] Noch { $stories } Geschichte
       *[other] Noch { $stories } Geschichten
    }
digest-is-empty = Weitere neue Geschichten gibt es noch nicht.
