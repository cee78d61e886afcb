# Alles, was über einen Menschen gespeichert ist, in einer Datei.
data-all = Das alles als Datei bekommen
data-about = <b>Alles, was wir über Sie speichern, in einer Datei.</b> Darin stehen Ihre Geschichten im Ganzen, der Entwurf, was Sie und die Redaktion einander geschrieben haben, und Ihr Abonnement.
data-warning =
    { $platform ->
        [matrix] Die Datei kommt verschlüsselt hierher, nach einer Stunde löschen wir sie. Eine heruntergeladene Kopie können nur Sie löschen: Wer Ihr Gerät in der Hand hat, kann sie lesen.
       *[other] Die Datei kommt hierher, nach einer Stunde löschen wir sie. Bis dahin kann sie auch lesen, wer die Server dieses Dienstes betreibt. Eine heruntergeladene Kopie können nur Sie löschen: Wer Ihr Gerät in der Hand hat, kann sie lesen.
    }
data-or-go-on = Wenn Sie die Datei nicht brauchen, wählen Sie nichts und schreiben Sie weiter: Ihr Entwurf ist noch da.
data-yes = Datei schicken
data-no = Nein, danke
data-begun = Wir stellen die Datei zusammen: In ein paar Sekunden ist sie hier.
data-is-here = Das ist alles, was wir speichern. In einer Stunde verschwindet die Datei von hier; eine heruntergeladene Kopie löschen Sie bitte selbst.

# ── in der Datei ──
data-title = WAS TAMIZDAT ÜBER SIE SPEICHERT
data-made = Diese Datei wurde am { DATETIME($day, dateStyle: "long") } erstellt
data-no-address = Ihr Name, Ihre Adresse und Ihr Konto stehen nicht in dieser Datei: In fremden Händen sagt sie nicht von selbst, wem sie gehört. Aber Ihre Worte können Sie verraten.
data-chat = DIESER CHAT
data-chat-keeps = Wir speichern die Adressen dieses Chats und des Kontos, die Sprache unseres Gesprächs ({ $language }) und wo wir stehen geblieben sind. Alles davon ist verschlüsselt.
data-chat-messages =
    { $messages ->
        [one] Außerdem merken wir uns die Nummer von { $messages } Nachricht, um sie rechtzeitig zu löschen.
       *[other] Außerdem merken wir uns die Nummern von { $messages } Nachrichten, um sie rechtzeitig zu löschen.
    }
data-reader = ABONNEMENT
data-reader-topics = Themen: { $topics }.
data-reader-waiting =
    { $stories ->
        [one] { $stories } Geschichte wartet auf Ihre nächste Liste.
       *[other] { $stories } Geschichten warten auf Ihre nächste Liste.
    }
data-reader-since =
    { $stories ->
        [0] Als Sie dazukamen, war noch keine Geschichte erschienen.
        [one] Als Sie dazukamen, war { $stories } Geschichte erschienen.
       *[other] Als Sie dazukamen, waren { $stories } Geschichten erschienen.
    }
data-editor = Sie stehen als „{ $name }“ auf der Liste der Redaktion.
data-second-factor = Dazu speichern wir den Schlüssel, mit dem Ihre Einmalcodes geprüft werden. Er ist verschlüsselt.
data-elsewhere = Unsere Sicherungskopien enthalten dasselbe, und Gelöschtes verschwindet aus ihnen innerhalb von sieben Tagen. Das Protokoll der Redaktion sagt, was mit einer Geschichte geschah, aber nicht, von wem sie ist.
data-elsewhere-not-ours =
    { $platform ->
        [matrix] Auf Matrix-Servern können verschlüsselte Kopien dieses Gesprächs liegen, auf Ihren Geräten lesbare.
       *[other] Auch der Messenger und Ihre Geräte haben Kopien dieses Gesprächs. An sie kommen wir nicht heran.
    }
