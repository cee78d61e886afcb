# Les quelques phrases du programme lui-même : le bot les dit, non la rédaction, quand quelque chose se passe autrement que prévu.
text-missing = Il devrait y avoir une phrase ici, mais elle manque. Tout le reste fonctionne.
tap-is-stale =
    { $platform ->
        [matrix] Ce numéro appartient à une question précédente. Voici l’actuelle :
       *[other] Ce bouton appartient à une question précédente. Voici l’actuelle :
    }
tap-is-unproven = À cette question, veuillez répondre par le numéro : les réactions circulent sans chiffrement, nous ne nous y fions donc pas ici.
text-is-empty = Ce message ne contient aucun texte lisible. Veuillez l’écrire encore une fois.
edit-is-late = Nous ne pouvons plus tenir compte d’une correction de ce message. Si elle est importante, renvoyez le texte corrigé.
kind-is-unsupported = Nous ne pouvons pas encore accepter cela. Envoyez un texte, une photo, un message vocal ou une vidéo.
message-is-unreadable = L’un de vos messages n’a pas pu être déchiffré : nous ne l’avons donc pas lu. Veuillez l’envoyer encore une fois.
command-is-unknown = Cette commande n’existe pas. Voici ce que vous pouvez faire :
draft-comes-first = Terminons d’abord ce que vous avez commencé. Voici où nous en étions :
turn-has-failed =
    Cela n’a pas fonctionné, mais votre message est chez nous et rien n’est perdu. Nous avons déjà connaissance de la panne.
    Si vous voulez la signaler, voici son numéro : <code>{ $reference }</code>
messages-are-left =
    { $count ->
        [one] <b>Il reste dans cette conversation { $count } message que nous n’avons pas pu supprimer.</b>
        [many] <b>Il reste dans cette conversation { $count } de messages que nous n’avons pas pu supprimer.</b>
       *[other] <b>Il reste dans cette conversation { $count } messages que nous n’avons pas pu supprimer.</b>
    } { $platform ->
        [matrix] Supprimez-les vous-même, s’il vous plaît : appuyez sur le message et choisissez « Supprimer ». Des copies chiffrées peuvent rester sur les serveurs Matrix, hors de notre portée.
       *[other] Telegram ne laisse un bot supprimer des messages que pendant deux jours. Faites-le vous-même, s’il vous plaît : ouvrez le menu de la conversation et choisissez « Effacer l’historique ». Les copies sur les serveurs de Telegram sont hors de notre portée.
    }
answer-is-unexpected =
    { $platform ->
        [matrix] Veuillez envoyer le numéro d’un des choix ou répondre à la question :
       *[other] Veuillez choisir l’un des boutons ou répondre à la question :
    }
button-back = Retour
photo-is-unsupported = Cette photo n’a pas pu être ouverte : les formats JPEG, PNG, GIF et WebP conviennent.
photo-is-heic = Cette photo est au format HEIC, que nous ne savons pas encore ouvrir. Envoyez-la comme photo, et non comme fichier.
photo-is-too-large = Cette photo est trop grande. Envoyez-en une copie plus petite.
photo-is-damaged = Cette photo n’a pas pu être lue : le fichier semble endommagé. Essayez de l’envoyer encore une fois.
photos-are-off = Nous ne pouvons pas traiter les photos en sécurité pour le moment. Vous pouvez envoyer sans elles le texte, les messages vocaux et les vidéos.
file-is-too-large = Ce fichier est trop volumineux : nous acceptons au plus { $most } Mo. Un enregistrement peut être envoyé en plusieurs parties, une photo en plus petit.
files-have-no-room = Nous ne prenons pas de fichiers pour l’instant : il ne reste presque plus de place sur notre serveur. Écrivez-nous et envoyez le fichier plus tard.
files-are-too-many = Vous avez déjà envoyé beaucoup de fichiers aujourd’hui, nous n’avons pas pris celui-ci. Veuillez l’envoyer demain.
file-is-lost = Nous n’avons pas pu obtenir ce fichier : la messagerie ne l’a plus. Veuillez l’envoyer encore une fois.
file-is-not-taken = Nous n’acceptons pas encore de fichiers : ils gardent de vous des traces que nous ne savons pas encore effacer.
file-took-too-long = Le fichier a mis trop de temps à arriver, et nous ne l’avons pas pris. Renvoyez-le, ou une copie plus petite ; un enregistrement peut être envoyé en plusieurs parties.
