# Alles über mich löschen.
delete-sure = <b>Alles über Sie löschen?</b> Wir vernichten dieses Gespräch und alles, was wir über Ihr Konto wissen.
delete-draft = Auch der Entwurf, an dem Sie gerade schreiben, verschwindet.
delete-stories =
    { $stories ->
        [one] Wir vernichten { $stories } Geschichte, die Leser nicht sehen.
       *[other] Wir vernichten { $stories } Geschichten, die Leser nicht sehen.
    }
delete-subscription = Ihr Abonnement endet, und es kommen keine Geschichten mehr.
delete-unlisted = Auch Ihr Wunsch, nicht aus anderen Listen hinzugefügt zu werden, wird vergessen.
delete-what-stays =
    { $published ->
        [0] Aus unseren Sicherungskopien ist alles innerhalb von sieben Tagen verschwunden.
        [one] { $published } Geschichte von Ihnen ist veröffentlicht: Sie bleibt, aber nichts führt von ihr mehr zu Ihnen. Alles andere ist innerhalb von sieben Tagen auch aus unseren Sicherungskopien verschwunden.
       *[other] { $published } Geschichten von Ihnen sind veröffentlicht: Sie bleiben, aber nichts führt von ihnen mehr zu Ihnen. Alles andere ist innerhalb von sieben Tagen auch aus unseren Sicherungskopien verschwunden.
    }
delete-block-stays = Eine Markierung bleibt: Bis { $until } nimmt die Redaktion von diesem Konto nichts Neues an. Dann verschwindet auch sie.
delete-or-go-on = Wenn Sie es sich anders überlegt haben, wählen Sie nichts und schreiben Sie weiter: Ihr Entwurf ist noch da.
delete-yes = Ja, alles löschen
delete-no = Nein, zurück
deleted =
    Erledigt: Über Sie ist bei uns nichts mehr gespeichert, und aus den Sicherungskopien ist es spätestens am { $until } verschwunden.{ $blocked ->
        [0] {""}
       *[other] {" "}Nur die Markierung, von der wir sprachen, bleibt.
    }{ $published ->
        [0] {""}
       *[other] {" "}Was veröffentlicht ist, bleibt bei den Lesern.
    }

    { $platform ->
        [matrix] Auf Matrix-Servern können verschlüsselte Kopien bleiben, auf Ihren anderen Geräten lesbare. An sie kommen wir nicht heran: Bitte entfernen Sie diesen Raum auch dort. Wenn Sie zurückkommen möchten, schreiben Sie uns einfach.
       *[other] An Kopien bei Telegram und auf Ihren anderen Geräten kommen wir nicht heran: Bitte löschen Sie diesen Chat auch dort. Wenn Sie zurückkommen möchten, schreiben Sie /start
    }
