# Für Leserinnen und Leser: Abonnement, Themen, Pause, neueste Geschichten, Sprache des Gesprächs.
reader-offer = In welcher Sprache sollen wir Ihnen Geschichten schicken? Sie kommen, sobald sie erschienen sind. Abbestellen können Sie direkt unter jeder Geschichte.
reader-in-language = { $language }
reader-subscribed = Sie haben die Geschichten abonniert.
reader-language = Sprache: { $language }.
reader-all-topics = Themen: alle.
reader-some-topics =
    { $count ->
        [one] Sie haben { $count } Thema gewählt.
       *[other] Sie haben { $count } Themen gewählt.
    }
reader-none-yet = In dieser Sprache gibt es noch keine Geschichten.
reader-room = Diese Geschichten erscheinen auch in einem offenen Raum: { $link }. Aber dort sehen die Mitglieder einander. Hierher kommen sie nur für Sie.
reader-paused = Pause bis zum { $day }: Bis dahin kommt nichts, danach kommen wieder Geschichten.
reader-paused-until-return = Pause, bis Sie zurückkommen: Öffnen Sie „Geschichten lesen“, dann kommen sie wieder.
reader-is-none = Sie haben zurzeit nichts abonniert.
reader-left = Sie haben die Geschichten abbestellt. Von Ihrem Abonnement ist bei uns nichts mehr gespeichert.
reader-left-unlisted = Sie haben die Geschichten abbestellt. Wir behalten nur einen Fingerabdruck Ihres Kontos: Sie wollten nicht aus anderen Listen hinzugefügt werden.
unlist-why = Falls wir einmal Leser aus einer anderen Liste übernehmen, können auch Sie darauf stehen. Dann kämen wieder Geschichten.
unlist-what = Damit das nicht geschieht, können wir uns einen Fingerabdruck Ihres Kontos merken. Name und Adresse stehen nicht darin, aber unser Server erkennt daran Ihr Konto. Wir behalten ihn, bis Sie den Wunsch zurücknehmen.
unlist-yes = Nicht wieder hinzufügen
unlist-no = Nein, nichts speichern
unlist-done = Gut: Aus anderen Listen fügen wir Sie nicht hinzu. Selbst abonnieren können Sie jederzeit. Zurücknehmen können Sie den Wunsch unter „Geschichten lesen“.
unlisted = Sie wollten nicht aus anderen Listen hinzugefügt werden. Dafür speichern wir einen Fingerabdruck Ihres Kontos.
unlist-undo = Diesen Wunsch zurücknehmen
unlist-undone = Erledigt: Wir haben keinen Fingerabdruck Ihres Kontos mehr.

reader-latest = Neueste Geschichten
reader-topics = Themen wählen
reader-other-language = Sprache der Geschichten ändern
reader-pause = Pause machen
reader-resume = Wieder Geschichten schicken
reader-kept = Was über mich gespeichert ist
reader-menu = Zum Abonnement
reader-done = Fertig

reader-which-topics = Wovon sollen die Geschichten handeln? Wählen Sie ein Thema, um es ein- oder auszuschalten.
reader-topic-on = { topic-of }: ja
reader-topic-off = { topic-of }: nein
reader-every-topic = Alle Themen
reader-topic-is-last = Ein Thema muss bleiben. Wenn Sie gar nichts bekommen möchten, machen Sie eine Pause oder bestellen Sie ab.
reader-which-language = In welcher Sprache sollen wir Ihnen Geschichten schicken?
reader-which-pause = Wie lange sollen wir pausieren? Danach kommen wieder Geschichten. Was in der Zwischenzeit erscheint, finden Sie unter „Neueste Geschichten“.
reader-pause-week = Eine Woche
reader-pause-month = Einen Monat
reader-pause-return = Bis ich zurückkomme
reader-keeps = <b>Das speichern wir zu Ihrem Abonnement:</b> die Adresse dieses Chats, die Sprache der Geschichten, die Themen, eine Pause, wie oft und nach welcher Uhr wir schicken, die Geschichten für Ihre nächste Liste, deren Uhrzeit und nach welcher Geschichte Sie dazugekommen sind. Offen stehen die Sprache, die Uhrzeit der Liste und die Nummer dieser Geschichte; alles andere ist verschlüsselt.
reader-keeps-not = Einen Namen speichern wir nicht, und wir merken uns nicht, was Sie lesen. Wenn Sie abbestellen, verschwindet das alles.

reader-confirm = Möchten Sie die Geschichten abonnieren?
reader-replaces = Ihre bisherige Sprache: { $language }. Sie wird ersetzt.
reader-topic-is = Thema: { topic-of }.
reader-topic-adds = Zu Ihren Themen kommt eines hinzu: { topic-of }.
reader-confirm-yes = Abonnieren
reader-has-it = Diese Geschichten bekommen Sie schon.

reader-latest-title = <b>Neueste Geschichten</b>
reader-latest-about = <b>Neueste Geschichten. Thema: { topic-of }</b>
reader-latest-none = Hier gibt es noch nichts.
reader-line = { $number }. { $title } – { topic-of }, { $day }
reader-line-elsewhere = { $number }. { $title } – { topic-of }, { $day }. Noch nicht übersetzt; Sprache: { $language }
reader-open = { $title }
reader-older = Frühere
reader-newer = Spätere
reader-by-topic = Nach Thema suchen
reader-which-topic = Worüber möchten Sie lesen?
reader-any-topic = Über alles
reader-to-list = Zur Liste der Geschichten
reader-untranslated = Diese Geschichte ist noch nicht übersetzt. Hier ist sie, wie sie geschrieben wurde; Sprache: { $language }.
reader-story-is-gone = Diese Geschichte gibt es hier nicht mehr.
reader-letter-is-gone = Diesen Newsletter gibt es hier nicht mehr.
reader-letter-withdrawn = Die Redaktion hat diesen Newsletter zurückgezogen.
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
button-leave = Abbestellen
button-read-on = Weiterlesen

tongue-which = In welcher Sprache möchten Sie mit uns sprechen?
tongue-is-kept = Was Sie geschrieben haben, ist als Entwurf gespeichert.
tongue-discard = Entwurf löschen
tongue-told-in = Geschichten werden hier auf Russisch oder Englisch erzählt und bearbeitet. In welcher Sprache möchten Sie weitermachen?
menu-latest = Neueste Geschichten
menu-language = Sprache ändern

page-by = Erzählt von { $name }
page-by-nobody = Wer das erzählt, möchte ungenannt bleiben
channel-withdrawn = Diese Geschichte wurde zurückgezogen.
channel-withdrawn-late = Die Geschichte, die hier am { DATETIME($day, dateStyle: "long") } erschien, wurde zurückgezogen. Ihre Nachrichten sind zu alt, als dass wir sie löschen könnten. Bitte geben Sie sie nicht weiter.
channel-corrected-late = Die Geschichte, die hier am { DATETIME($day, dateStyle: "long") } erschien, wurde berichtigt. Ihre Nachrichten sind zu alt, als dass wir sie ändern könnten. Den neuen Text lesen Sie beim Bot.

# ── an alle auf einer Liste von anderswo ──
invite-why = Guten Tag. Ihre Adresse steht auf einer Liste von Menschen, die unsere Geschichten lesen wollten.
invite-what = Wir ziehen mit dieser Liste hierher um und fragen Sie zuerst: Ohne Ihr Ja kommt nichts.
invite-ignore = Falls Sie das nie wollten, brauchen Sie nicht zu antworten.
invite-yes = Ja, abonnieren
