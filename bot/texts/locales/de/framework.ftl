# Die wenigen Sätze des Programms selbst: Der Bot sagt sie, nicht die Redaktion, wenn etwas anders lief als erwartet.
text-missing = Hier sollte ein Satz stehen, aber er fehlt. Alles andere funktioniert.
tap-is-stale =
    { $platform ->
        [matrix] Diese Nummer gehört zu einer früheren Frage. Hier ist die jetzige:
       *[other] Diese Schaltfläche gehört zu einer früheren Frage. Hier ist die jetzige:
    }
tap-is-unproven = Bitte antworten Sie auf diese Frage mit der Nummer: Reaktionen werden unverschlüsselt übertragen, deshalb verlassen wir uns hier nicht auf sie.
text-is-empty = In dieser Nachricht ist kein lesbarer Text. Bitte schreiben Sie noch einmal.
edit-is-late = Eine Änderung an dieser früheren Nachricht können wir nicht mehr übernehmen. Wenn sie wichtig ist, schicken Sie den berichtigten Text bitte noch einmal.
kind-is-unsupported = Das können wir noch nicht annehmen. Bitte schicken Sie einen Text, ein Foto, eine Sprachnachricht oder ein Video.
message-is-unreadable = Eine Ihrer Nachrichten ließ sich nicht entschlüsseln, wir haben sie also nicht gelesen. Bitte schicken Sie sie noch einmal.
command-is-unknown = Diesen Befehl gibt es nicht. Das können Sie jetzt tun:
draft-comes-first = Machen wir zuerst fertig, was Sie begonnen haben. Hier sind wir stehen geblieben:
turn-has-failed =
    Das hat gerade nicht geklappt, aber Ihre Nachricht ist bei uns, und nichts ist verloren. Von dem Fehler wissen wir bereits.
    Wenn Sie ihn melden möchten, ist das seine Nummer: <code>{ $reference }</code>
messages-are-left =
    { $count ->
        [one] <b>In diesem Chat steht noch { $count } Nachricht, die wir nicht löschen konnten.</b>
       *[other] <b>In diesem Chat stehen noch { $count } Nachrichten, die wir nicht löschen konnten.</b>
    } { $platform ->
        [matrix] Bitte löschen Sie selbst: Drücken Sie auf die Nachricht, und wählen Sie „Löschen“. Verschlüsselte Kopien können auf Matrix-Servern bleiben, an die wir nicht herankommen.
       *[other] Bei Telegram darf ein Bot nur zwei Tage lang löschen. Bitte löschen Sie selbst: Öffnen Sie das Menü des Chats, und wählen Sie „Verlauf löschen“. An Kopien auf den Servern von Telegram kommen wir nicht heran.
    }
answer-is-unexpected =
    { $platform ->
        [matrix] Bitte schicken Sie die Nummer einer Möglichkeit, oder beantworten Sie die Frage:
       *[other] Bitte wählen Sie eine der Schaltflächen oder beantworten Sie die Frage:
    }
button-back = Zurück
photo-is-unsupported = Dieses Foto ließ sich nicht öffnen: JPEG, PNG, GIF und WebP gehen.
photo-is-heic = Das ist ein Foto im Format HEIC, das wir noch nicht öffnen können. Bitte schicken Sie es als Foto, nicht als Datei.
photo-is-too-large = Dieses Foto ist zu groß. Bitte schicken Sie eine kleinere Kopie.
photo-is-damaged = Dieses Foto ließ sich nicht lesen: Die Datei scheint beschädigt zu sein. Bitte versuchen Sie, es noch einmal zu schicken.
photos-are-off = Im Moment können wir Fotos nicht sicher verarbeiten. Text, Sprachnachrichten und Videos können Sie auch ohne sie schicken.
file-is-too-large = Diese Datei ist zu groß: Wir können höchstens { $most } MB annehmen. Eine Aufnahme können Sie in Teilen schicken, ein Foto als kleinere Kopie.
files-have-no-room = Zurzeit nehmen wir keine Dateien an: Auf unserem Server ist kaum noch Platz. Bitte schreiben Sie in Worten und schicken Sie die Datei später.
files-are-too-many = Heute sind schon sehr viele Dateien von Ihnen gekommen, diese haben wir nicht genommen. Bitte schicken Sie sie morgen.
file-is-lost = Diese Datei haben wir nicht bekommen: Der Messenger hat sie nicht mehr. Bitte schicken Sie sie noch einmal.
file-is-not-taken = Dateien können wir noch nicht annehmen: In ihnen bleiben Spuren von Ihnen, die wir bisher nicht löschen können.
file-took-too-long = Die Datei hat zu lange geladen, deshalb haben wir sie nicht angenommen. Bitte schicken Sie sie noch einmal oder als kleinere Kopie; eine Aufnahme geht auch in Teilen.
